import { content } from '../../src/authoring/content.ts'
import { enrol } from '../../src/courses/enrolment.ts'
import { logEvidence } from '../../src/practice/log-evidence.ts'
import { ownPractice } from '../../src/practice/own-practice.ts'
import { addTrainee } from '../support/cast.ts'
import { type ActionRow, all, type RouteRow, signedIn } from './row.ts'
import type { World } from './world.ts'

/** Somebody new in the mentor's cohort. */
async function newcomer({ db, cohort }: World) {
  const person = await addTrainee(db)
  await db.transaction(tx => enrol(tx, null, { cohortId: cohort.id, personId: person.id }))
  return person
}

const logValues = { what: 'positive_review', occurredOn: '2026-10-01', place: 'Here', note: '' }

async function aLog(world: World, who?: World['people']['trainee']): Promise<string> {
  const { db } = world
  const person = who ?? (await newcomer(world))
  await db.transaction(tx => logEvidence(tx, content(), person, logValues))
  return String((await ownPractice(db, person)).entries[0]!.id)
}

export const routeRows: Record<string, RouteRow> = {
  '/api/v1/evidence': { path: '/api/v1/evidence', answers: all(405) },
  '/api/v1/openapi.json': { path: '/api/v1/openapi.json', answers: all(200) },
  '/desk/practice': {
    path: '/desk/practice',
    answers: signedIn(404, { mentor: 200, otherMentor: 200, admin: 200 }),
  },
  '/practice': { path: '/practice', answers: signedIn(200) },
}

export const actionRows: Record<string, ActionRow> = {
  'practice.log': { page: '/practice', fields: () => logValues, answers: signedIn('done') },
  'practice.withdraw': {
    page: '/practice',
    fields: async world => ({ log: await aLog(world, world.people.trainee) }),
    answers: signedIn(404, { trainee: 'done' }),
  },
  'practice.confirm': {
    page: '/account',
    fields: async world => ({ log: await aLog(world) }),
    answers: signedIn(404, { mentor: 'done', admin: 'done' }),
  },
  'practice.decline': {
    page: '/account',
    fields: async world => ({ log: await aLog(world), reason: 'A test.' }),
    answers: signedIn(404, { mentor: 'done', admin: 'done' }),
  },
}
