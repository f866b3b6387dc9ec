import { content } from '../../src/authoring/content.ts'
import { contest } from '../../src/badges/disputes/contest.ts'
import { disputesOf } from '../../src/badges/disputes/disputes.ts'
import { addTrainee } from '../support/cast.ts'
import { findPerson } from '../../src/people/load-person.ts'
import type { Person } from '../../src/people/person.ts'
import { type ActionRow, type RouteRow, signedIn } from './row.ts'
import type { Role, World } from './world.ts'

const said = {
  badge: 'mentor',
  counter: 'evidence:group_chat',
  claimed: '3',
  words: 'One evening is missing.',
}

async function contested({ db }: World, person: Person, counter = said.counter): Promise<string> {
  await db.transaction(tx => contest(tx, content(), person, { ...said, counter })).catch(() => {})
  const theirs = await disputesOf(db, person, person.id)
  return String(theirs.find(one => one.counter === counter && one.endedAt === null)!.id)
}

/** Of somebody new, since an answer ends it. */
const ofSomebody = async (world: World) => contested(world, await addTrainee(world.db))

const own = async (world: World, role: Role) => {
  if (role === 'guest') return '1'
  const person = (await findPerson(world.db, { id: world.people[role].id }))!
  return contested(world, person, 'guides-completed')
}

const admins = signedIn(404, { admin: 200 })

export const routeRows: Record<string, RouteRow> = {
  '/path/[badge]/on-a-day': { path: '/path/mentor/on-a-day?on=2026-01-01', answers: signedIn(200) },
  '/path/[badge]/counted': { path: '/path/mentor/counted?of=evidence:group_chat', answers: signedIn(200) },
  '/admin/people/[handle]/standing/[badge]': { path: '/admin/people/tansy/standing/mentor', answers: admins },
  '/admin/disputes': { path: '/admin/disputes', answers: admins },
  '/admin/disputes/[dispute]': {
    path: async world => `/admin/disputes/${await ofSomebody(world)}`,
    answers: admins,
  },
}

export const actionRows: Record<string, ActionRow> = {
  'disputes.contest': {
    page: '/path/mentor/counted?of=evidence:group_chat',
    fields: () => said,
    answers: signedIn('done'),
  },
  'disputes.withdraw': {
    page: '/path/mentor/counted?of=guides-completed',
    fields: async (world, role) => ({ dispute: await own(world, role) }),
    answers: signedIn('done'),
  },
  'disputes.answer': {
    page: '/helplines',
    fields: async world => ({ dispute: await ofSomebody(world), outcome: 'stands', answer: 'I looked.' }),
    answers: signedIn(403, { admin: 'done' }),
  },
}
