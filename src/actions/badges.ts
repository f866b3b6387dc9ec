import { content } from '../authoring/content.ts'
import { applicationInput, applyFor, withdrawalInput, withdrawApplication } from '../badges/applying/apply.ts'
import {
  endorse,
  endorsementInput,
  endorsementWithdrawalInput,
  withdrawEndorsement,
} from '../badges/applying/endorse.ts'
import { chooseTrack, trackInput } from '../badges/choose-track.ts'
import { declineBadge, decisionInput } from '../badges/decline.ts'
import { grantBadge, grantInput } from '../badges/grant.ts'
import { reviewStanding } from '../badges/review-standing.ts'
import { formAction } from './form-action.ts'

/** Asking for badges, speaking for others, and an admin's decisions. */
export const badges = {
  apply: formAction(applicationInput, async (tx, person, values) => {
    await applyFor(tx, content(), person, values)
    await reviewStanding(tx, content(), person.id)
    return { flash: 'Your application is with the admins. You read here what they decide.' }
  }),

  chooseTrack: formAction(trackInput, async (tx, person, values) => {
    await chooseTrack(tx, content(), person, values)
    await reviewStanding(tx, content(), person.id)
    return { flash: 'Your track is chosen. You can change it whenever you like.' }
  }),

  withdrawApplication: formAction(withdrawalInput, async (tx, person, values) => {
    await withdrawApplication(tx, person, values)
    await reviewStanding(tx, content(), person.id)
    return { flash: 'Withdrawn. You can apply again whenever you like.' }
  }),

  endorse: formAction(endorsementInput, async (tx, endorser, values) => {
    await endorse(tx, content(), endorser, values)
    await reviewStanding(tx, content(), values.personId)
    return { flash: 'Thank you. They and the admins can read what you said.' }
  }),

  withdrawEndorsement: formAction(endorsementWithdrawalInput, async (tx, endorser, values) => {
    await withdrawEndorsement(tx, endorser, values)
    await reviewStanding(tx, content(), values.personId)
    return { flash: 'Your endorsement is withdrawn.' }
  }),

  grant: formAction(grantInput, async (tx, admin, { override, ...values }, context) => {
    await grantBadge(tx, content(), admin, { ...values, override: override === 'on' })
    return {
      ...backToQueue(context.url),
      flash: 'Granted, and on the record. They hold it from this moment.',
    }
  }),

  decline: formAction(decisionInput, async (tx, admin, values, context) => {
    await declineBadge(tx, content(), admin, values)
    return {
      ...backToQueue(context.url),
      flash: 'Declined for now, and on the record. They read your reason at home.',
    }
  }),
}

/** Who decides in the queue goes on with it; elsewhere one stays on the page. */
const backToQueue = ({ pathname }: URL) =>
  pathname.startsWith('/admin/queue/') ? { redirect: '/admin/queue' } : {}
