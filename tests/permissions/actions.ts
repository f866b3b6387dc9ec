import type { Db } from '../../db/client.ts'
import { suspension } from '../../db/schema/people.ts'
import { invitations, invite } from '../../src/people/invitations.ts'
import { makeToken, tokens } from '../../src/api/tokens.ts'
import { addAdmin, addCohortOf, addTrainee, password } from '../support/cast.ts'
import { actionRows as applying } from './applying.ts'
import { actionRows as boards } from './boards.ts'
import { giveExtraTime } from '../../src/quizzes/extra-time.ts'
import { attemptOfTrainee, attemptWithHints, firstQuiz } from './attempts.ts'
import { module, traineesReflection, traineesReply } from './posts.ts'
import { actionRows as calibration } from './calibration.ts'
import { actionRows as comments } from './comments.ts'
import { actionRows as completion } from './completion.ts'
import { actionRows as composer } from './composer.ts'
import { actionRows as deciding } from './deciding.ts'
import { actionRows as following } from './following.ts'
import { actionRows as grading } from './grading.ts'
import { actionRows as holding } from './holding.ts'
import { actionRows as own } from './own.ts'
import { actionRows as practice } from './practice.ts'
import { actionRows as pace } from './pace.ts'
import { actionRows as recall } from './recall.ts'
import { actionRows as reports } from './reports.ts'
import { actionRows as rooms } from './rooms.ts'
import { type ActionRow, all, signedIn } from './row.ts'
import { actionRows as rules } from './rules.ts'
import { actionRows as purpose } from './purpose.ts'
import { actionRows as shape } from './shape.ts'
import { actionRows as standing } from './standing.ts'

let count = 0

/** An id that is somebody's, new for each try. */
const someone = async (db: Db) => ({ personId: String((await addTrainee(db)).id) })

const adminOnly = signedIn(403, { admin: 'done' })

/** Who may do what: the verb itself is the lock, wherever its form is posted. */
export const actionRows: Record<string, ActionRow> = {
  ...applying,
  ...deciding,
  ...following,
  ...grading,
  ...holding,
  ...own,
  ...practice,
  ...pace,
  ...rules,
  ...purpose,
  ...shape,
  ...standing,
  ...comments,
  ...completion,
  ...composer,
  ...recall,
  ...reports,
  ...rooms,
  ...boards,
  ...calibration,
  'people.signUp': {
    page: '/sign-up',
    fields: () => ({
      handle: `new${++count}`,
      displayName: 'New',
      email: `new${count}@example.org`,
      password,
      kind: 'member',
      ageBand: 'adult',
      timeZone: 'UTC',
      joinedOn: '2026-01-01',
    }),
    answers: all('done'),
  },
  'people.signIn': {
    page: '/',
    fields: () => ({ name: `nobody${++count}`, password: 'wrong' }),
    answers: all(400),
  },
  'people.endSession': {
    page: '/account',
    fields: () => ({ session: 'somebody else’s' }),
    answers: signedIn('done'),
  },
  'people.askForReset': {
    page: '/forgotten-password',
    fields: () => ({ email: `nobody${++count}@example.org` }),
    answers: all('done'),
  },
  'people.resetPassword': { page: '/', fields: () => ({ token: 'made up', password }), answers: all(404) },
  'people.changeProfile': {
    page: '/account',
    fields: () => ({ displayName: 'Same', timeZone: 'UTC' }),
    answers: signedIn('done'),
  },
  'people.changePassword': {
    page: '/account',
    fields: () => ({ currentPassword: 'wrong', password }),
    answers: signedIn(400),
  },
  'people.markSeen': { page: '/', fields: () => ({ notification: '1' }), answers: signedIn('done') },

  'quizzes.start': {
    page: `/courses/${firstQuiz}/quiz`,
    fields: () => ({ quiz: firstQuiz }),
    answers: signedIn(403, { trainee: 'done', otherTrainee: 'done' }),
  },
  'quizzes.save': {
    page: async world => `/attempts/${await attemptOfTrainee(world)}`,
    fields: async world => ({ attempt: await attemptOfTrainee(world) }),
    answers: signedIn(404, { trainee: 'done' }),
  },
  'quizzes.hint': {
    page: async world => `/attempts/${await attemptWithHints(world)}`,
    fields: async world => ({ attempt: await attemptWithHints(world), hint: 'one' }),
    answers: signedIn(404, { trainee: 'done' }),
  },
  'quizzes.remark': {
    page: '/path',
    // Nothing has changed, which an admin is told; nobody else comes as far.
    fields: () => ({ quiz: firstQuiz, reason: 'A test.', seen: 'x', passes: 'keep' }),
    answers: signedIn(403, { admin: 409 }),
  },
  'quizzes.giveExtraTime': {
    page: '/path',
    fields: ({ people }) => ({ handle: people.trainee.handle, percent: '25', reason: 'A test.' }),
    answers: adminOnly,
  },
  'quizzes.endExtraTime': {
    page: '/path',
    fields: async ({ db, people }) => {
      const values = { percent: 25, reason: 'A test.' }
      await db.transaction(tx =>
        giveExtraTime(tx, people.admin, { handle: people.trainee.handle, ...values }),
      )
      return { handle: people.trainee.handle }
    },
    answers: adminOnly,
  },
  'quizzes.submit': {
    page: async world => `/attempts/${await attemptOfTrainee(world)}`,
    fields: async world => ({ attempt: await attemptOfTrainee(world) }),
    answers: signedIn(404, { trainee: 'done' }),
  },
  'guides.check': {
    page: '/guides/giving-a-warning',
    fields: () => ({ guide: 'giving-a-warning', 'answers.good-warning': 'b', 'answers.skip-steps': 'b' }),
    answers: signedIn('done'),
  },
  'courses.start': {
    page: '/courses/moderator-training',
    fields: () => ({ course: 'moderator-training' }),
    answers: signedIn('done'),
  },
  'discussions.reflect': {
    page: `/courses/${module}`,
    fields: async world => {
      await traineesReflection(world)
      return { module, markdown: 'What I think.' }
    },
    answers: signedIn(403, { trainee: 409, otherTrainee: 'done' }),
  },
  'discussions.reply': {
    page: `/courses/${module}`,
    fields: async world => ({ post: String(await traineesReflection(world)), markdown: 'Thank you.' }),
    answers: signedIn('done', { otherTrainee: 404, otherMentor: 404, admin: 403 }),
  },
  'discussions.edit': {
    page: `/courses/${module}`,
    fields: async world => ({ ...(await traineesReply(world)), markdown: 'Other words.' }),
    answers: signedIn(404, { trainee: 'done', mentor: 403, admin: 403 }),
  },
  'discussions.resubmit': {
    page: `/courses/${module}`,
    fields: async world => ({ ...(await traineesReply(world)), markdown: 'Other words.' }),
    answers: signedIn(404, { trainee: 409, mentor: 403, admin: 403 }),
  },

  'admin.addCohort': {
    page: '/path',
    fields: () => ({ course: 'moderator-training', name: `New ${++count}` }),
    answers: adminOnly,
  },
  'admin.enrolMany': {
    page: '/path',
    fields: ({ otherCohort }) => ({ cohortId: String(otherCohort.id), handles: 'thyme' }),
    answers: adminOnly,
  },
  'admin.enrol': {
    page: '/path',
    fields: async ({ db, otherCohort }) => ({ ...(await someone(db)), cohortId: String(otherCohort.id) }),
    answers: adminOnly,
  },
  'admin.endEnrolment': {
    page: '/path',
    fields: async ({ db }) => {
      const person = await addTrainee(db)
      const { id } = await addCohortOf(db, [person])
      return { personId: String(person.id), cohortId: String(id) }
    },
    answers: adminOnly,
  },
  'admin.addMentor': {
    page: '/path',
    fields: ({ otherCohort }) => ({ cohortId: String(otherCohort.id), handle: 'myrtle' }),
    answers: adminOnly,
  },
  'admin.removeMentor': {
    page: '/path',
    fields: async ({ db, otherCohort }) => ({ ...(await someone(db)), cohortId: String(otherCohort.id) }),
    answers: adminOnly,
  },
  'admin.markOnce': {
    page: '/path',
    fields: ({ otherCohort }) => ({ cohortId: String(otherCohort.id), once: 'yes' }),
    answers: adminOnly,
  },
  'admin.appoint': { page: '/path', fields: ({ db }) => someone(db), answers: adminOnly },
  'admin.dismiss': {
    page: '/path',
    fields: async ({ db }) => ({ personId: String((await addAdmin(db)).id) }),
    answers: adminOnly,
  },
  'admin.suspend': {
    page: '/path',
    fields: async ({ db }) => ({ ...(await someone(db)), reason: 'A test.' }),
    answers: adminOnly,
  },
  'admin.reinstate': {
    page: '/path',
    fields: async ({ db, people }) => {
      const { id } = await addTrainee(db)
      await db.insert(suspension).values({ personId: id, byId: people.admin.id, reason: 'A test.' })
      return { personId: String(id) }
    },
    answers: adminOnly,
  },
  'admin.invite': {
    page: '/path',
    fields: () => ({ role: 'trainee', cohortId: '', note: '' }),
    answers: adminOnly,
  },
  'admin.withdrawInvitation': {
    page: '/path',
    fields: async ({ db, people }) => {
      await db.transaction(tx => invite(tx, people.admin, { role: 'trainee', cohortId: undefined, note: '' }))
      const [newest] = await invitations(db, people.admin)
      return { id: String(newest!.id) }
    },
    answers: adminOnly,
  },
  'admin.makeToken': {
    page: '/path',
    fields: () => ({ name: 'A test', scopes: ['badges:read'] }),
    answers: adminOnly,
  },
  'admin.revokeToken': {
    page: '/path',
    fields: async ({ db, people }) => {
      await db.transaction(tx => makeToken(tx, people.admin, { name: 'A test', scopes: [], lasts: 'always' }))
      const [newest] = await tokens(db, people.admin)
      return { id: String(newest!.id) }
    },
    answers: adminOnly,
  },

  // Last: it ends the sessions that the rows above are asked with.
  'people.signOut': { page: '/account', fields: () => ({}), answers: signedIn('done') },
}
