import { content } from '../../src/authoring/content.ts'
import { applyFor } from '../../src/badges/applying/apply.ts'
import { endorse } from '../../src/badges/applying/endorse.ts'
import { findPerson } from '../../src/people/load-person.ts'
import { addMentorOf } from '../support/cast.ts'
import { type ActionRow, signedIn } from './row.ts'
import type { Role, World } from './world.ts'

const words = 'They noticed who had gone quiet.'

/** Whoever asks has an application open, and has endorsed somebody: what is theirs can be taken back by them alone. */
async function applied({ db, people }: World, role: Role): Promise<void> {
  if (role === 'guest') return
  const person = (await findPerson(db, { id: people[role].id }))!
  await db
    .transaction(tx => applyFor(tx, content(), person, { badge: 'mentor-leader', statement: words }))
    .catch(() => {})
}

async function endorsed({ db, people }: World, role: Role): Promise<string> {
  const somebody = await addMentorOf(db)
  const asked = (id: string) => ({ personId: somebody.id, badge: id, words })
  if (role !== 'guest') {
    const person = (await findPerson(db, { id: people[role].id }))!
    if (person.badges.includes('mentor'))
      await db.transaction(tx => endorse(tx, content(), person, asked('mentor-leader')))
  }
  return String(somebody.id)
}

export const actionRows: Record<string, ActionRow> = {
  'badges.apply': {
    page: '/path/ambassador',
    fields: () => ({ badge: 'ambassador', statement: words }),
    answers: signedIn('done'),
  },
  'badges.chooseTrack': {
    page: '/path/mentor',
    fields: () => ({ badge: 'mentor', track: 'quality' }),
    answers: signedIn('done'),
  },
  'badges.withdrawApplication': {
    page: '/path/mentor-leader',
    fields: async (world, role) => {
      await applied(world, role)
      return { badge: 'mentor-leader' }
    },
    answers: signedIn('done'),
  },
  'badges.endorse': {
    page: '/helplines',
    fields: async ({ db }) => ({
      personId: String((await addMentorOf(db)).id),
      badge: 'mentor-leader',
      words,
    }),
    answers: signedIn(403, { mentor: 'done', otherMentor: 'done' }),
  },
  'badges.withdrawEndorsement': {
    page: '/helplines',
    fields: async (world, role) => ({ personId: await endorsed(world, role), badge: 'mentor-leader' }),
    answers: signedIn(404, { mentor: 'done', otherMentor: 'done' }),
  },
}
