import { firstQuiz } from './attempts.ts'
import { type RouteRow, signedIn } from './row.ts'

/** Those who can mend a quiz, and mentors, who can say why people go wrong. */
const answers = signedIn(404, { mentor: 200, otherMentor: 200, admin: 200 })

export const routeRows: Record<string, RouteRow> = {
  '/admin/quizzes': { path: '/admin/quizzes', answers },
  '/admin/quizzes/[...quiz].csv': { path: `/admin/quizzes/${firstQuiz}.csv`, answers },
  '/admin/quizzes/[...quiz]': { path: `/admin/quizzes/${firstQuiz}`, answers },
}
