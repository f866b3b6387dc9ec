import { content } from '../authoring/content.ts'
import { applicationInput, applyFor, withdrawalInput, withdrawApplication } from '../badges/applying/apply.ts'
import {
  endorse,
  endorsementInput,
  endorsementWithdrawalInput,
  withdrawEndorsement,
} from '../badges/applying/endorse.ts'
import { askInput, askToEndorse, askWithdrawalInput, withdrawAsk } from '../badges/applying/ask.ts'
import { chooseTrack, trackInput } from '../badges/choose-track.ts'
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

  askToEndorse: formAction(askInput, async (tx, person, values) => {
    const { handle } = await askToEndorse(tx, content(), person, values)
    return { flash: `@${handle} has been asked. You read here when they have said something.` }
  }),

  withdrawAsk: formAction(askWithdrawalInput, async (tx, person, values) => {
    await withdrawAsk(tx, person, values)
    return { flash: 'You wait for them no longer. What they say to it is still theirs.' }
  }),
}
