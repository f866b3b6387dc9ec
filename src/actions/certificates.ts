import { content } from '../authoring/content.ts'
import { renewBadge, renewalInput } from '../badges/holding/renew.ts'
import { reinstateBadge, reinstatementInput } from '../badges/holding/reinstate.ts'
import { suspendBadge, takingInput } from '../badges/holding/suspend.ts'
import { revokeBadge } from '../badges/revoke.ts'
import { layDown } from '../grading/lay-down.ts'
import { formAction } from './form-action.ts'

/** What becomes of a badge that somebody holds. */
export const certificates = {
  suspend: formAction(takingInput, async (tx, admin, values) => {
    await suspendBadge(tx, content(), admin, values)
    await layDown(tx, values.personId)
    return { flash: 'Suspended, and on the record. Nothing that it opens is open until you reinstate it.' }
  }),

  reinstate: formAction(reinstatementInput, async (tx, admin, values) => {
    await reinstateBadge(tx, content(), admin, values)
    return { flash: 'Reinstated, and on the record. It opens again what it opened.' }
  }),

  renew: formAction(renewalInput, async (tx, person, values) => {
    await renewBadge(tx, content(), person, values)
    return { flash: 'Renewed, and on the record.' }
  }),

  revoke: formAction(takingInput, async (tx, admin, values) => {
    await revokeBadge(tx, content(), admin, values)
    await layDown(tx, values.personId)
    return { flash: 'Revoked, and on the record. Its rights have ended.' }
  }),
}
