import { content } from '../../src/authoring/content.ts'
import { enrol } from '../../src/courses/enrolment.ts'
import { logEvidence } from '../../src/practice/log-evidence.ts'
import { ownPractice } from '../../src/practice/own-practice.ts'
import { assess } from '../../src/practice/assessing/assess.ts'
import { findPerson } from '../../src/people/load-person.ts'
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

const checklist = content().checklist('leading-a-session')!
const marks = Object.fromEntries(checklist.items.map(({ id }) => [id, 'seen' as const]))
const session = { checklist: checklist.id, occurredOn: '2026-10-01', place: 'Here', words: 'Calm.' }

/** The mentor has assessed a session of the trainee's. */
async function anAssessment({ db, people }: World): Promise<string> {
  const mentor = (await findPerson(db, { id: people.mentor.id }))!
  const { id } = await db.transaction(tx =>
    assess(tx, content(), mentor, { ...session, marks, personId: people.trainee.id }),
  )
  return String(id)
}

export const routeRows: Record<string, RouteRow> = {
  '/api/v1/evidence': { path: '/api/v1/evidence', answers: all(405) },
  '/api/v1/openapi.json': { path: '/api/v1/openapi.json', answers: all(200) },
  '/desk/practice': {
    path: '/desk/practice',
    answers: signedIn(404, { mentor: 200, otherMentor: 200, admin: 200 }),
  },
  '/assessments/[assessment]': {
    path: async world => `/assessments/${await anAssessment(world)}`,
    answers: signedIn(404, { trainee: 200, mentor: 200, admin: 200 }),
  },
  '/people/[handle]/assess/[checklist]': {
    path: ({ people }) => `/people/${people.trainee.handle}/assess/${checklist.id}`,
    answers: signedIn(403, { mentor: 200, otherMentor: 200 }),
  },
  '/practice': { path: '/practice', answers: signedIn(200) },
  '/practice/beside': { path: '/practice/beside', answers: signedIn(200) },
  '/practice/checklists/[checklist]': {
    path: `/practice/checklists/${checklist.id}`,
    answers: signedIn(200),
  },
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
  'practice.assess': {
    page: '/account',
    fields: async ({ db }) => ({
      ...{ ...session, personId: String((await addTrainee(db)).id) },
      ...Object.fromEntries(checklist.items.map(({ id }) => [`marks.${id}`, 'seen'])),
    }),
    answers: signedIn(403, { mentor: 'done', otherMentor: 'done' }),
  },
  'practice.withdrawAssessment': {
    page: '/account',
    fields: async world => ({ assessment: await anAssessment(world) }),
    answers: signedIn(404, { trainee: 403, mentor: 'done', admin: 'done' }),
  },
  'practice.decline': {
    page: '/account',
    fields: async world => ({ log: await aLog(world), reason: 'A test.' }),
    answers: signedIn(404, { mentor: 'done', admin: 'done' }),
  },
}
