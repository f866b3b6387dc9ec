import { module, traineesReflection, traineesReply } from './posts.ts'
import { type ActionRow, type RouteRow, signedIn } from './row.ts'

/** What one does to a post that stands there. */
export const actionRows: Record<string, ActionRow> = {
  'discussions.react': {
    page: `/courses/${module}`,
    fields: async world => ({ reaction: `${await traineesReflection(world)} thank-you on` }),
    answers: signedIn(404, { trainee: 403, mentor: 'done', admin: 403 }),
  },
  'discussions.remove': {
    page: `/courses/${module}`,
    fields: async world => ({ post: (await traineesReply(world)).post }),
    answers: signedIn(404, { trainee: 'done', mentor: 403, admin: 403 }),
  },
}

export const routeRows: Record<string, RouteRow> = {
  '/posts/[post]/delete': {
    path: async world => `/posts/${(await traineesReply(world)).post}/delete`,
    answers: signedIn(404, { trainee: 200, mentor: 403, admin: 403 }),
  },
}
