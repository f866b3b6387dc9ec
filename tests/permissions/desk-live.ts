import { type RouteRow, signedIn } from './row.ts'

export const routeRows: Record<string, RouteRow> = {
  '/desk/events': {
    path: '/desk/events',
    request: { headers: { accept: 'text/event-stream' }, signal: AbortSignal.timeout(60_000) },
    answers: signedIn(404, { mentor: 200, otherMentor: 200 }),
  },
}
