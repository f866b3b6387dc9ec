import { addMentorOf, addTrainee, password } from '../support/cast.ts'
import { attemptOfTrainee, firstQuiz } from './attempts.ts'
import { module, traineesReflection, traineesReply } from './posts.ts'
import { actionRows as gradingAndPractice } from './grading-and-practice.ts'
import { type ActionRow, all, signedIn } from './row.ts'

let count = 0

/** Who may do what: the verb itself is the lock, wherever its form is posted. */
export const actionRows: Record<string, ActionRow> = {
  ...gradingAndPractice,
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

  'badges.grant': {
    page: '/path',
    fields: async ({ db }) => ({
      personId: String((await addTrainee(db)).id),
      badge: 'mentor',
      override: 'on',
      reason: 'A test.',
    }),
    answers: signedIn(403, { admin: 'done' }),
  },
  'badges.decline': {
    page: '/path',
    fields: async ({ db }) => ({
      personId: String((await addTrainee(db)).id),
      badge: 'mentor',
      reason: 'A test.',
    }),
    answers: signedIn(403, { admin: 'done' }),
  },
  'badges.revoke': {
    page: '/path',
    fields: async ({ db }) => ({
      personId: String((await addMentorOf(db)).id),
      badge: 'mentor',
      reason: 'A test.',
    }),
    answers: signedIn(403, { admin: 'done' }),
  },

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
  'courses.read': {
    page: `/courses/${module}`,
    fields: () => ({ module }),
    answers: signedIn(403, { trainee: 'done', otherTrainee: 'done' }),
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

  // Last: it ends the sessions that the rows above are asked with.
  'people.signOut': { page: '/account', fields: () => ({}), answers: signedIn('done') },
}
