import { type ActionRow, type RouteRow, signedIn } from './row.ts'

const mentors = signedIn(404, { mentor: 200, otherMentor: 200 })

export const routeRows: Record<string, RouteRow> = {
  '/desk/pace': { path: '/desk/pace', answers: mentors },
  '/desk/people': { path: '/desk/people', answers: mentors },
  '/desk/load': { path: '/desk/load', answers: signedIn(404, { mentor: 200, otherMentor: 200, admin: 200 }) },
}

const whoeverGrades = signedIn(403, { mentor: 'done', otherMentor: 'done' })

export const actionRows: Record<string, ActionRow> = {
  'pace.set': {
    page: '/account',
    fields: () => ({ weekly: '12', awayFrom: '', awayUntil: '' }),
    answers: whoeverGrades,
  },
  'pace.comeBack': { page: '/account', fields: () => ({}), answers: whoeverGrades },
}
