import { content } from '../authoring/content.ts'
import { answerDispute, answerInput } from '../badges/disputes/answer.ts'
import { contest, contestInput, withdrawDispute, withdrawDisputeInput } from '../badges/disputes/contest.ts'
import { reviewStanding } from '../badges/review-standing.ts'
import { formAction } from './form-action.ts'

/** What people say is counted wrongly, and what admins answer. */
export const disputes = {
  contest: formAction(contestInput, async (tx, person, values) => {
    await contest(tx, content(), person, values)
    return { flash: 'Thank you. An admin looks at it, and you read here what they found.' }
  }),

  withdraw: formAction(withdrawDisputeInput, async (tx, person, values) => {
    await withdrawDispute(tx, person, values)
    return { flash: 'Taken back.' }
  }),

  answer: formAction(answerInput, async (tx, admin, values) => {
    const { personId } = await answerDispute(tx, content(), admin, values)
    await reviewStanding(tx, content(), personId)
    return { redirect: '/admin/disputes', flash: 'Answered. They are told what you found.' }
  }),
}
