import { z } from 'zod'
import { content } from '../authoring/content.ts'
import { reviewStanding } from '../badges/review-standing.ts'
import { enrol } from '../courses/enrolment.ts'
import { env } from '../env.ts'
import { ensure, found } from '../errors.ts'
import { addPerson, newPerson } from '../people/add-person.ts'
import { acceptInvitation, openInvitation } from '../people/invitations.ts'
import { markSeen } from '../people/notifications.ts'
import { askForReset, resetInput, resetPassword, resetRequestInput } from '../people/password-reset.ts'
import { changePassword, changeProfile, passwordInput, profileInput } from '../people/profile.ts'
import { limit } from '../people/rate-limit.ts'
import { beginSession, blankCookie, endSession } from '../people/session.ts'
import { checkSignIn, signInInput } from '../people/sign-in.ts'
import { audit } from '../record/audit.ts'
import { addressOf } from './address.ts'
import { formAction, guestAction } from './form-action.ts'
import { onThisSite, setCookie } from './session-cookie.ts'

const signUpInput = newPerson.extend({ token: z.string().max(100).optional() })

export const people = {
  signUp: guestAction(signUpInput, async (tx, { token, ...values }, context) => {
    await limit('sign-up', addressOf(context))
    if (token) await openInvitation(tx, token)
    else ensure(env.SIGN_UP === 'open', 'Signing up takes an invitation. Please ask an admin for one.')

    const person = await addPerson(tx, values, 'signed_up')
    if (token) {
      const { cohortId } = await acceptInvitation(tx, { token, personId: person.id })
      if (cohortId !== null) await enrol(tx, person, { cohortId, personId: person.id })
    }
    await reviewStanding(tx, content(), person.id)
    setCookie(context, await beginSession(tx, person.id, userAgentOf(context)))
    return { redirect: '/', flash: `Welcome, ${values.displayName}.` }
  }),

  signIn: guestAction(signInInput, async (tx, { next, ...values }, context) => {
    const person = await checkSignIn(tx, values, addressOf(context))
    setCookie(context, await beginSession(tx, person.id, userAgentOf(context)))
    await audit(tx, person, 'person.signed_in')
    return { redirect: onThisSite(next) }
  }),

  signOut: formAction(z.object({}), async (tx, person, _, context) => {
    await endSession(tx, person, found(context.locals.sessionId))
    await audit(tx, person, 'person.signed_out')
    setCookie(context, blankCookie())
    return { redirect: '/', flash: 'You are signed out.' }
  }),

  endSession: formAction(z.object({ session: z.string().max(100) }), async (tx, person, { session }) => {
    await endSession(tx, person, session)
    await audit(tx, person, 'session.ended')
    return { flash: 'That device is signed out.' }
  }),

  askForReset: guestAction(resetRequestInput, async (tx, values, context) => {
    await askForReset(tx, values, addressOf(context))
    return { redirect: '/forgotten-password?sent=1' }
  }),

  resetPassword: guestAction(resetInput, async (tx, values) => {
    await resetPassword(tx, values)
    return { redirect: '/sign-in', flash: 'Your new password is set. Please sign in with it.' }
  }),

  changeProfile: formAction(profileInput, async (tx, person, values) => {
    await changeProfile(tx, person, values)
    return { flash: 'Saved.' }
  }),

  changePassword: formAction(passwordInput, async (tx, person, values, context) => {
    await changePassword(tx, person, found(context.locals.sessionId), values)
    return { flash: 'Your password is changed, and your other devices are signed out.' }
  }),

  markSeen: formAction(
    z.object({ notification: z.coerce.number().int().optional(), open: z.literal('on').optional() }),
    async (tx, person, { notification, open }) => {
      const [seen] = await markSeen(tx, person, notification ?? null)
      return open && seen ? { redirect: seen.href } : {}
    },
  ),
}

const userAgentOf = ({ request }: { request: Request }) => request.headers.get('user-agent') ?? ''
