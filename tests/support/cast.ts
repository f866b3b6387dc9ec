import { randomBytes } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { certificate } from '../../db/schema/badges.ts'
import { cohort as cohorts } from '../../db/schema/courses.ts'
import { calibration } from '../../db/schema/grading.ts'
import { adminAppointment, person } from '../../db/schema/people.ts'
import { content } from '../../src/authoring/content.ts'
import { reviewStanding } from '../../src/badges/review-standing.ts'
import { addCohort, addMentor, ensureSelfPacedCohorts } from '../../src/courses/cohorts.ts'
import { enrol } from '../../src/courses/enrolment.ts'
import { hashPassword } from '../../src/people/password.ts'
import { findPerson } from '../../src/people/load-person.ts'
import type { Person } from '../../src/people/person.ts'

/** Everybody's in the tests. */
export const password = 'a long password'
const passwordHash = hashPassword(password)

let count = 0

type Traits = Partial<
  Pick<
    typeof person.$inferInsert,
    'handle' | 'displayName' | 'email' | 'kind' | 'ageBand' | 'timeZone' | 'joinedOn' | 'namedOnCertificates'
  >
>

/** Adds a person who has an account and nothing else. */
export async function addTrainee(db: Db, traits: Traits = {}): Promise<Person> {
  const handle = traits.handle ?? `person${++count}`
  const [row] = await db
    .insert(person)
    .values({
      displayName: handle,
      email: `${handle}@example.org`,
      kind: 'listener',
      ageBand: 'adult',
      joinedOn: '2026-01-01',
      ...traits,
      handle,
      passwordHash: await passwordHash,
    })
    .returning()
  await db.transaction(tx => reviewStanding(tx, content(), row!.id))
  return again(db, row!)
}

/** A person as they stand now, after what has happened to them. */
export async function again(db: Db, { id }: { id: number }): Promise<Person> {
  return (await findPerson(db, { id }))!
}

/** Adds a person who runs the programme. */
export async function addAdmin(db: Db, traits: Traits = {}): Promise<Person> {
  const { id } = await addTrainee(db, traits)
  await db.insert(adminAppointment).values({ personId: id })
  return again(db, { id })
}

/** Adds a person who holds the Mentor badge, and mentors these cohorts; live work is open to them. */
export async function addMentorOf(db: Db, cohortIds: number[] = [], traits: Traits = {}): Promise<Person> {
  const mentor = await addNewMentorOf(db, cohortIds, traits)
  await calibrate(db, mentor.id)
  return mentor
}

/** The same before they have graded any anchor reflection. */
export async function addNewMentorOf(db: Db, cohortIds: number[] = [], traits: Traits = {}): Promise<Person> {
  const { id } = await addTrainee(db, traits)
  await hold(db, { id }, 'mentor')
  for (const cohortId of cohortIds)
    await db.transaction(tx => addMentor(tx, null, { cohortId, personId: id }))
  return again(db, { id })
}

/** Has a mentor calibrated in every course that asks for it, without marks. */
export async function calibrate(db: Db, mentorId: number): Promise<void> {
  const rounds = content()
    .courses.filter(course => course.calibration)
    .map(({ id }) => ({ mentorId, course: id, why: 'new' as const, finishedAt: new Date(), passed: true }))
  await db.insert(calibration).values(rounds)
}

/** Has a person hold a badge, without a decision on the record: for tests of what holding it means. */
export async function hold(
  db: Db,
  { id }: { id: number },
  badge: string,
  grantedAt = new Date(),
): Promise<void> {
  const code = randomBytes(16).toString('base64url')
  await db.insert(certificate).values({ code, personId: id, badge, grantedAt })
  await db.transaction(tx => reviewStanding(tx, content(), id))
}

/** Adds a cohort to a course, with these people in it. */
export async function addCohortOf(
  db: Db,
  people: { id: number }[] = [],
  course = 'introduction-to-group-support',
) {
  const cohort = await db.transaction(tx =>
    addCohort(tx, content(), null, {
      course,
      name: `Cohort ${++count}`,
      startsOn: undefined,
      endsOn: undefined,
    }),
  )
  for (const { id } of people)
    await db.transaction(tx => enrol(tx, null, { cohortId: cohort.id, personId: id }))
  await setMarkedTwice(db, cohort, false)
  return cohort
}

/** Whether second marking goes in a cohort as its course says; in those of the cast one mentor marks each, until this. */
export async function setMarkedTwice(db: Db, { id }: { id: number }, twice = true): Promise<void> {
  await db
    .update(cohorts)
    .set({ markedOnceSince: twice ? null : new Date() })
    .where(eq(cohorts.id, id))
}

/** Two trainees of a cohort with their mentor, and somebody of another cohort. */
export async function addClass(db: Db) {
  const [river, moss, stranger] = [await addTrainee(db), await addTrainee(db), await addTrainee(db)]
  const cohort = await addCohortOf(db, [river, moss])
  await addCohortOf(db, [stranger])
  const mentor = await addMentorOf(db, [cohort.id])
  return { river, moss, stranger, cohort, mentor }
}

/** Makes the self-paced cohorts, as the site does when it starts. */
export async function openCourses(db: Db): Promise<void> {
  await ensureSelfPacedCohorts(db, content())
  await db.update(cohorts).set({ markedOnceSince: new Date() }).where(eq(cohorts.selfPaced, true))
}
