import { z } from 'zod'
import { content } from '../authoring/content.ts'
import { reviewStanding } from '../badges/review-standing.ts'
import { confirmInput, confirmLog, declineInput, declineLog } from '../practice/decide.ts'
import { logEvidence, logInput, withdrawLog } from '../practice/log-evidence.ts'
import { formAction } from './form-action.ts'

export const practice = {
  log: formAction(logInput, async (tx, person, values) => {
    await logEvidence(tx, content(), person, values)
    return { flash: 'Logged. A mentor will look at it.' }
  }),

  withdraw: formAction(z.object({ log: z.coerce.number().int().min(1) }), async (tx, person, { log }) => {
    await withdrawLog(tx, person, log)
    return { flash: 'Taken back.' }
  }),

  confirm: formAction(confirmInput, async (tx, mentor, values) => {
    const { personId } = await confirmLog(tx, content(), mentor, values)
    await reviewStanding(tx, content(), personId)
    return { flash: 'Confirmed. It counts from now on.' }
  }),

  decline: formAction(declineInput, async (tx, mentor, values) => {
    await declineLog(tx, content(), mentor, values)
    return { flash: 'Declined, and they are told why.' }
  }),
}
