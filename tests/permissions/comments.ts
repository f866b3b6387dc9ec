import { savedComment } from '../../db/schema/grading.ts'
import { enrol } from '../../src/courses/enrolment.ts'
import { buddiesOf, pair } from '../../src/people/buddies.ts'
import { markingOf, reflect } from '../grading/reflections.ts'
import { addTrainee } from '../support/cast.ts'
import { type ActionRow, type RouteRow, signedIn } from './row.ts'
import type { World } from './world.ts'

/** A comment of the mentor's, shared or not. */
async function aComment({ db, people }: World, shared = false): Promise<string> {
  const [row] = await db
    .insert(savedComment)
    .values({ ownerId: people.mentor.id, title: 'Well seen', markdown: 'Thank you, {name}.', shared })
    .returning()
  return String(row!.id)
}

async function aMarking({ db, cohort }: World): Promise<string> {
  const author = await addTrainee(db)
  await db.transaction(tx => enrol(tx, null, { cohortId: cohort.id, personId: author.id }))
  return String(await markingOf(db, await reflect(db, author, cohort)))
}

async function aPairing({ db, people }: World): Promise<string> {
  const { id, handle } = await addTrainee(db)
  await db.transaction(tx => pair(tx, people.admin, { personId: people.mentor.id, handle, as: 'newcomer' }))
  return String((await buddiesOf(db, people.admin, id))[0]!.id)
}

const words = { title: 'A title', markdown: 'Words.', course: '' }

export const routeRows: Record<string, RouteRow> = {
  '/desk/comments': {
    path: '/desk/comments',
    answers: signedIn(404, { mentor: 200, otherMentor: 200 }),
  },
}

/** Of the mentor's own: another mentor may know of it only once it is shared, and may never change it. */
const ofTheMentor = (more: Record<string, string> = {}): Omit<ActionRow, 'answers'> => ({
  page: '/account',
  fields: async world => ({ comment: await aComment(world, true), ...more }),
})

export const actionRows: Record<string, ActionRow> = {
  'comments.keep': {
    ...{ page: '/account', fields: () => words },
    answers: signedIn(403, { mentor: 'done', otherMentor: 'done' }),
  },
  'comments.change': { ...ofTheMentor(words), answers: signedIn(403, { mentor: 'done' }) },
  'comments.share': { ...ofTheMentor(), answers: signedIn(403, { mentor: 'done' }) },
  'comments.unshare': { ...ofTheMentor(), answers: signedIn(403, { mentor: 'done' }) },
  'comments.remove': { ...ofTheMentor(), answers: signedIn(403, { mentor: 'done' }) },
  'comments.copy': { ...ofTheMentor(), answers: signedIn(403, { mentor: 'done', otherMentor: 'done' }) },
  'comments.putIn': {
    page: '/account',
    fields: async world => ({ marking: await aMarking(world), comment: await aComment(world, true) }),
    answers: signedIn(404, { mentor: 'done' }),
  },
  'comments.keepWords': {
    page: '/account',
    fields: async world => ({ marking: await aMarking(world), feedback: 'Words.' }),
    answers: signedIn(404, { mentor: 'done' }),
  },
  'admin.pair': {
    page: '/account',
    fields: async ({ db, people }) => ({
      ...{ personId: String(people.mentor.id), handle: (await addTrainee(db)).handle, as: 'newcomer' },
    }),
    answers: signedIn(403, { admin: 'done' }),
  },
  'admin.part': {
    page: '/account',
    fields: async world => ({ pairing: await aPairing(world) }),
    answers: signedIn(403, { admin: 'done' }),
  },
}
