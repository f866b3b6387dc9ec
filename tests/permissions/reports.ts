import { and, eq, isNull } from 'drizzle-orm'
import { discussion } from '../../db/schema/discussions.ts'
import { report as reports } from '../../db/schema/reports.ts'
import { content } from '../../src/authoring/content.ts'
import { hidePost } from '../../src/discussions/moderation/hiding.ts'
import { insertPost, postReply } from '../../src/discussions/posting.ts'
import { report } from '../reports/deeds.ts'
import { traineesReflection, traineesReply } from './posts.ts'
import { type ActionRow, type RouteRow, signedIn } from './row.ts'
import type { World } from './world.ts'

/** A reply of the trainee's own, new each time. */
const aReply = async (world: World) => Number((await traineesReply(world)).post)

/** A reply of the mentor's in the trainee's thread, which everybody there may report but the mentor. */
async function mentorsReply(world: World): Promise<string> {
  const values = { post: await traineesReflection(world), markdown: 'Thank you.' }
  const { id } = await world.db.transaction(tx => postReply(tx, content(), world.people.mentor, values))
  return String(id)
}

/** A report by somebody who was suspended since, so that everybody else is free to handle it. */
async function aReport(world: World): Promise<string> {
  const { db, people } = world
  const post = await aReply(world)
  await report(db, people.suspended, post)
  const [row] = await db
    .select()
    .from(reports)
    .where(and(eq(reports.postId, post), isNull(reports.handledAt)))
  return String(row!.id)
}

async function hiddenReply(world: World): Promise<string> {
  const post = await aReply(world)
  await world.db.transaction(tx => hidePost(tx, content(), world.people.mentor, { post, reason: 'A test.' }))
  return String(post)
}

/** A topic on the board of the trainee's cohort. */
async function aTopic({ db, cohort, people }: World): Promise<string> {
  const values = { cohortId: cohort.id, title: 'A topic', form: 'talk' as const }
  const [row] = await db.insert(discussion).values(values).returning()
  const written = { markdown: 'Hello.', html: '<p>Hello.</p>', mentioned: [] }
  await db.transaction(tx =>
    insertPost(tx, people.trainee, written, {
      ...{ discussionId: row!.id, kind: 'opening', parentId: null, audience: 'cohort' },
    }),
  )
  return String(row!.id)
}

export const routeRows: Record<string, RouteRow> = {
  '/posts/[post]/report': {
    path: async world => `/posts/${await mentorsReply(world)}/report`,
    answers: signedIn(404, { trainee: 200, admin: 200 }),
  },
  '/posts/[post]/moderate': {
    path: async world => `/posts/${await aReply(world)}/moderate`,
    answers: signedIn(404, { mentor: 200, admin: 200 }),
  },
  '/reports': { path: '/reports', answers: signedIn(404, { mentor: 200, otherMentor: 200, admin: 200 }) },
  '/reports/[report]': {
    path: async world => `/reports/${await aReport(world)}`,
    answers: signedIn(404, { mentor: 200, admin: 200 }),
  },
}

const moderators = { mentor: 'done', admin: 'done', trainee: 403 } as const

export const actionRows: Record<string, ActionRow> = {
  'reports.report': {
    page: '/account',
    fields: async world => ({ post: await mentorsReply(world), reason: 'unkind' }),
    answers: signedIn(404, { trainee: 'done', mentor: 403, admin: 'done' }),
  },
  'reports.handle': {
    page: '/account',
    fields: async world => ({ report: await aReport(world), seen: '999999', outcome: 'A test.' }),
    answers: signedIn(404, { mentor: 'done', admin: 'done' }),
  },
  'discussions.hide': {
    page: '/account',
    fields: async world => ({ post: String(await aReply(world)), reason: 'A test.' }),
    answers: signedIn(404, moderators),
  },
  'discussions.show': {
    page: '/account',
    fields: async world => ({ post: await hiddenReply(world), reason: 'A test.' }),
    answers: signedIn(404, moderators),
  },
  'discussions.moveReply': {
    page: '/account',
    fields: async world => ({ post: String(await aReply(world)), title: 'A topic', reason: 'A test.' }),
    answers: signedIn(404, moderators),
  },
  'discussions.moveTopic': {
    page: '/account',
    fields: async world => ({ topic: await aTopic(world), board: 'community', reason: 'A test.' }),
    answers: signedIn(404, moderators),
  },
}
