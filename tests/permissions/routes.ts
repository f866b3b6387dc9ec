import { routeRows as boards } from './boards.ts'
import { routeRows as analysis } from './analysis.ts'
import { routeRows as agreement } from './agreement.ts'
import { attemptOfTrainee, firstQuiz } from './attempts.ts'
import { traineesReflection } from './posts.ts'
import { routeRows as authoring } from './authoring.ts'
import { routeRows as calibration } from './calibration.ts'
import { routeRows as comments } from './comments.ts'
import { routeRows as composer } from './composer.ts'
import { routeRows as credentials } from './credentials.ts'
import { routeRows as deciding } from './deciding.ts'
import { routeRows as deskLive } from './desk-live.ts'
import { routeRows as following } from './following.ts'
import { routeRows as grading } from './grading.ts'
import { routeRows as holding } from './holding.ts'
import { routeRows as own } from './own.ts'
import { routeRows as practice } from './practice.ts'
import { routeRows as pace } from './pace.ts'
import { routeRows as recall } from './recall.ts'
import { routeRows as record } from './record.ts'
import { routeRows as reports } from './reports.ts'
import { routeRows as rooms } from './rooms.ts'
import { all, type RouteRow, signedIn } from './row.ts'
import { routeRows as rules } from './rules.ts'
import { routeRows as shape } from './shape.ts'
import { routeRows as standing } from './standing.ts'
import { invite } from '../../src/people/invitations.ts'

/** Nobody else may know that it is there. */
const adminOnly = signedIn(404, { admin: 200 })

/** Who gets what at every address. */
export const routeRows: Record<string, RouteRow> = {
  ...agreement,
  ...analysis,
  ...authoring,
  ...following,
  ...grading,
  ...holding,
  ...own,
  ...practice,
  ...credentials,
  ...deciding,
  ...deskLive,
  ...pace,
  ...rules,
  ...shape,
  ...standing,
  ...comments,
  ...composer,
  ...calibration,
  ...recall,
  ...record,
  ...reports,
  ...rooms,
  ...boards,
  '/': { path: '/', answers: all(200) },
  '/404': { path: '/404', answers: all(404) },
  '/account': { path: '/account', answers: signedIn(200) },
  '/attempts/[attempt]': {
    path: async world => `/attempts/${await attemptOfTrainee(world)}`,
    answers: signedIn(404, { trainee: 200 }),
  },
  '/courses/[course]/[module]/quiz': { path: `/courses/${firstQuiz}/quiz`, answers: signedIn(200) },
  '/forgotten-password': { path: '/forgotten-password', answers: all(200) },
  '/guides': { path: '/guides', answers: all(200) },
  '/guides/[guide]': { path: '/guides/giving-a-warning', answers: all(200) },
  '/healthz': { path: '/healthz', answers: all(200) },
  '/new-password/[token]': { path: '/new-password/made-up', answers: all(404) },
  '/problem': { path: '/problem', answers: all(404) },
  '/readyz': { path: '/readyz', answers: all(200) },
  '/sign-in': { path: '/sign-in', answers: all('done', { guest: 200, suspended: 200 }) },
  '/sign-up': { path: '/sign-up', answers: all('done', { guest: 200, suspended: 200 }) },
  '/sign-up/[token]': {
    path: async ({ db, people }) =>
      (
        await db.transaction(tx =>
          invite(tx, people.admin, { role: 'trainee', cohortId: undefined, note: '' }),
        )
      ).path,
    answers: all(200),
  },
  '/courses': { path: '/courses', answers: all(200) },
  '/courses/[course]': { path: '/courses/moderator-training', answers: all(200) },
  '/courses/[course]/[module]': {
    path: '/courses/introduction-to-group-support/what-group-support-is',
    answers: all(200),
  },
  '/search': { path: '/search?q=warning', answers: all(200) },
  '/helplines': { path: '/helplines', answers: all(200) },
  '/posts/[post]': {
    path: async world => `/posts/${await traineesReflection(world)}`,
    answers: signedIn('done', { otherTrainee: 404, otherMentor: 404 }),
  },
  '/posts/[post]/history': {
    path: async world => `/posts/${await traineesReflection(world)}/history`,
    answers: signedIn(200, { otherTrainee: 404, otherMentor: 404 }),
  },
  '/path': { path: '/path', answers: all(200) },
  '/path/[badge]': { path: '/path/mentor', answers: all(200) },
  '/certificates/[code]': { path: '/certificates/made-up', answers: all(404) },
  '/admin/re-marking/[...quiz]': { path: `/admin/re-marking/${firstQuiz}`, answers: adminOnly },
  '/admin/queue': { path: '/admin/queue', answers: adminOnly },
  '/admin/queue/[handle]/[badge]': { path: '/admin/queue/tansy/mentor', answers: adminOnly },
  '/admin': { path: '/admin', answers: adminOnly },
  '/admin/audit': { path: '/admin/audit', answers: adminOnly },
  '/admin/cohorts': { path: '/admin/cohorts', answers: adminOnly },
  '/admin/cohorts/[cohort]': { path: ({ cohort }) => `/admin/cohorts/${cohort.id}`, answers: adminOnly },
  '/admin/invitations': { path: '/admin/invitations', answers: adminOnly },
  '/admin/people': { path: '/admin/people', answers: adminOnly },
  '/admin/people/[handle]': { path: '/admin/people/tansy', answers: adminOnly },
  '/admin/record': { path: '/admin/record?check=1', answers: adminOnly },
  '/admin/tokens': { path: '/admin/tokens', answers: adminOnly },
}
