import { enrol } from '../../src/courses/enrolment.ts'
import { gradePost } from '../grading/deeds.ts'
import { aModule, levels, markingOf, reflect } from '../grading/reflections.ts'
import { addCohortOf, addMentorOf, addTrainee } from '../support/cast.ts'
import { type ActionRow, type RouteRow, signedIn } from './row.ts'
import type { World } from './world.ts'

/** A reflection of somebody new in the mentor's cohort. */
async function aReflection({ db, cohort }: World): Promise<number> {
  const person = await addTrainee(db)
  await db.transaction(tx => enrol(tx, null, { cohortId: cohort.id, personId: person.id }))
  return reflect(db, person, cohort)
}

const aMarking = async (world: World) => String(await markingOf(world.db, await aReflection(world)))

const gradeValues = {
  ...{ revision: '1', feedback: 'Good.', outcome: 'pass' },
  ...Object.fromEntries(Object.entries(levels).map(([id, level]) => [`levels.${id}`, level])),
}

/** An answer that is held in the mentor's cohort. */
async function aHeldAnswer(world: World) {
  await gradePost(world.db, world.people.mentor, await aReflection(world), { hold: true })
  return { cohort: String(world.cohort.id), module: aModule }
}

/** A result of the trainee's, with another mentor there to look again. */
async function aResult({ db, people }: World): Promise<string> {
  const cohort = await addCohortOf(db)
  const mentors = [await addMentorOf(db, [cohort.id]), await addMentorOf(db, [cohort.id])]
  const post = await reflect(db, people.trainee, cohort)
  await gradePost(db, mentors[0]!, post)
  const [row] = await db.execute<{ id: string }>(`select max(id) as id from result where post_id = ${post}`)
  return row!.id
}

export const routeRows: Record<string, RouteRow> = {
  '/desk': { path: '/desk', answers: signedIn(404, { mentor: 200, otherMentor: 200, admin: 'done' }) },
  '/desk/[marking]': {
    path: async world => `/desk/${await aMarking(world)}`,
    answers: signedIn(404, { mentor: 200 }),
  },
  '/desk/posts/[post]': {
    path: async world => `/desk/posts/${await aReflection(world)}`,
    answers: signedIn(404, { mentor: 'done' }),
  },
  '/desk/held': { path: '/desk/held', answers: signedIn(404, { mentor: 200, otherMentor: 200 }) },
}

export const actionRows: Record<string, ActionRow> = {
  'grading.claim': {
    page: '/account',
    fields: async world => ({ marking: await aMarking(world) }),
    answers: signedIn(404, { mentor: 'done' }),
  },
  'grading.claimNext': {
    page: '/account',
    fields: () => ({}),
    answers: signedIn(403, { mentor: 'done', otherMentor: 'done' }),
  },
  'grading.release': {
    page: '/account',
    fields: async world => ({ marking: await aMarking(world) }),
    answers: signedIn(403, { mentor: 'done', otherMentor: 'done' }),
  },
  'grading.grade': {
    page: '/account',
    fields: async world => ({ ...gradeValues, marking: await aMarking(world) }),
    answers: signedIn(404, { mentor: 'done' }),
  },
  'grading.releaseBatch': {
    page: '/account',
    fields: aHeldAnswer,
    answers: signedIn(403, { mentor: 'done' }),
  },
  'grading.appeal': {
    page: '/account',
    fields: async world => ({ result: await aResult(world), reason: 'A test.' }),
    answers: signedIn(404, { trainee: 'done' }),
  },
}
