import { eq } from 'drizzle-orm'
import { post } from '../../db/schema/discussions.ts'
import { traineesReflection } from './posts.ts'
import { type ActionRow, type RouteRow, signedIn } from './row.ts'
import type { World } from './world.ts'

/** The discussion in which the trainee has posted. */
async function traineesDiscussion(world: World): Promise<string> {
  const id = await traineesReflection(world)
  const [row] = await world.db.select({ id: post.discussionId }).from(post).where(eq(post.id, id))
  return String(row!.id)
}

/** Only for whoever may know of the discussion. */
const inPlace = { otherTrainee: 404, otherMentor: 404 } as const

export const routeRows: Record<string, RouteRow> = {
  '/new': { path: '/new', answers: signedIn(200) },
  '/discussions/[discussion]/events': {
    path: async world => `/discussions/${await traineesDiscussion(world)}/events`,
    request: { headers: { accept: 'text/event-stream' }, signal: AbortSignal.timeout(60_000) },
    answers: signedIn(200, inPlace),
  },
  '/discussions/[discussion]/unread': {
    path: async world => `/discussions/${await traineesDiscussion(world)}/unread`,
    answers: signedIn('done', inPlace),
  },
}

export const actionRows: Record<string, ActionRow> = {
  'following.read': {
    page: '/courses',
    fields: async world => ({
      discussion: await traineesDiscussion(world),
      posts: String(await traineesReflection(world)),
      upTo: '1',
    }),
    answers: signedIn('done', inPlace),
  },
  'following.readAll': {
    page: '/courses',
    fields: async world => ({ discussion: await traineesDiscussion(world), upTo: '1' }),
    answers: signedIn('done', inPlace),
  },
  'following.catchUp': { page: '/new', fields: () => ({ upTo: '1' }), answers: signedIn('done') },
  'following.follow': {
    page: '/courses',
    fields: async world => ({ discussion: await traineesDiscussion(world), level: 'normal' }),
    answers: signedIn('done', inPlace),
  },
}
