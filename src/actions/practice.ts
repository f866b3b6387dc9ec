import { z } from 'zod'
import { content } from '../authoring/content.ts'
import { reviewStanding } from '../badges/review-standing.ts'
import { assess, assessmentInput, withdrawalInput, withdrawAssessment } from '../practice/assessing/assess.ts'
import { confirmInput, confirmLog, declineInput, declineLog } from '../practice/decide.ts'
import { logEvidence, logInput, withdrawLog } from '../practice/log-evidence.ts'
import { formAction } from './form-action.ts'

export const practice = {
  log: formAction(logInput, async (tx, person, values) => {
    await logEvidence(tx, content(), person, values)
    const who = values.supervisor === '' ? 'A mentor' : 'Whoever was beside you'
    return { flash: `Logged. ${who} will look at it.` }
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

  assess: formAction(assessmentInput, async (tx, assessor, values) => {
    const { id, passed } = await assess(tx, content(), assessor, values)
    await reviewStanding(tx, content(), values.personId)
    const flash = passed ? 'Sent. It counts for them from now on.' : 'Sent. They read what to try next.'
    return { redirect: `/assessments/${id}`, flash }
  }),

  withdrawAssessment: formAction(withdrawalInput, async (tx, by, values) => {
    const { personId } = await withdrawAssessment(tx, by, values)
    await reviewStanding(tx, content(), personId)
    return { flash: 'Taken back, and they are told.' }
  }),

  decline: formAction(declineInput, async (tx, mentor, values) => {
    await declineLog(tx, content(), mentor, values)
    return { flash: 'Declined, and they are told why.' }
  }),
}
