import { content } from '../authoring/content.ts'
import { declineBadge, decisionInput } from '../badges/decline.ts'
import { grantBadge, grantInput } from '../badges/grant.ts'
import { revokeBadge } from '../badges/revoke.ts'
import { formAction } from './form-action.ts'

/** Decisions on badges; those of an admin. */
export const badges = {
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

  revoke: formAction(decisionInput, async (tx, admin, values) => {
    await revokeBadge(tx, content(), admin, values)
    return { flash: 'Revoked, and on the record. Its rights have ended.' }
  }),
}

/** Who decides in the queue goes on with it; elsewhere one stays on the page. */
const backToQueue = ({ pathname }: URL) =>
  pathname.startsWith('/admin/queue/') ? { redirect: '/admin/queue' } : {}
