import { type RouteRow, signedIn } from './row.ts'

export const routeRows: Record<string, RouteRow> = {
  '/desk/agreement': {
    path: '/desk/agreement',
    answers: signedIn(404, { mentor: 200, otherMentor: 200, admin: 200 }),
  },
}
