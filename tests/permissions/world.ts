import { randomUUID } from 'node:crypto'
import { suspension } from '../../db/schema/people.ts'
import type { Person } from '../../src/people/person.ts'
import { addAdmin, addCohortOf, addMentorOf, addTrainee, openCourses, password } from '../support/cast.ts'
import type { Site, Visitor } from '../support/site.ts'

/** Everyone who may come to the site, from nobody to those who may the most. */
export const roles = [
  'guest',
  'suspended',
  'otherTrainee',
  'trainee',
  'otherMentor',
  'mentor',
  'admin',
] as const
export type Role = (typeof roles)[number]

/**
 * One of each: a trainee in a cohort with their mentor, a trainee and a mentor of another cohort, an admin, and a
 * person who signed in and was suspended since. What is theirs is added by the rows that need it.
 */
export async function makeWorld(site: Site) {
  const { db } = site
  await openCourses(db)
  const people = {
    suspended: await addTrainee(db, { handle: 'sunny' }),
    trainee: await addTrainee(db, { handle: 'tansy' }),
    otherTrainee: await addTrainee(db, { handle: 'thyme' }),
    admin: await addAdmin(db, { handle: 'alder' }),
  }
  const cohort = await addCohortOf(db, [people.trainee, people.suspended])
  const otherCohort = await addCohortOf(db, [people.otherTrainee])
  const mentors = {
    mentor: await addMentorOf(db, [cohort.id], { handle: 'maple' }),
    otherMentor: await addMentorOf(db, [otherCohort.id], { handle: 'myrtle' }),
  }
  const everybody: Record<Exclude<Role, 'guest'>, Person> = { ...people, ...mentors }
  const visitors = {} as Record<Role, Visitor>
  for (const role of roles)
    visitors[role] = await site.visitor(
      role === 'guest' ? undefined : { handle: everybody[role].handle, password },
    )
  await db
    .insert(suspension)
    .values({ personId: people.suspended.id, byId: people.admin.id, reason: 'A test.' })
  return { site, db, people: everybody, cohort, otherCohort, visitors, key: () => randomUUID() }
}

export type World = Awaited<ReturnType<typeof makeWorld>>
