import { type ActionRow, all, type RouteRow, signedIn } from './row.ts'

/** What stands around the writing of a post. */
export const routeRows: Record<string, RouteRow> = {
  '/unsent': { path: '/unsent', answers: all('done') },
  '/crisis-words.json': { path: '/crisis-words.json', answers: all(200) },
  '/mentions': {
    path: ({ cohort }) => `/mentions?cohort=${cohort.id}&q=ta`,
    answers: signedIn(200, { otherTrainee: 404, otherMentor: 404 }),
  },
}

export const actionRows: Record<string, ActionRow> = {
  'drafts.keep': {
    page: '/',
    fields: () => ({ name: 'reply:1', words: 'Half a thought' }),
    answers: signedIn('done'),
  },
  'drafts.discard': {
    page: '/',
    fields: () => ({ name: 'reply:1' }),
    answers: signedIn('done'),
  },
}
