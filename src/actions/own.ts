import { z } from 'zod'
import { found } from '../errors.ts'
import { choosePage, pageInput } from '../own/page.ts'
import { askToLeave, leaveInput, stay } from '../own/leaving.ts'
import { ensurePassword } from '../people/password-again.ts'
import { confirmSession } from '../people/session.ts'
import { audit } from '../record/audit.ts'
import { formAction } from './form-action.ts'

/** What a person does with all that is theirs: show it, take it along, have it erased. */
export const own = {
  choosePage: formAction(pageInput, async (tx, person, values) => {
    await choosePage(tx, person, values)
    return { flash: 'Your page is as you chose.' }
  }),

  confirmCopy: formAction(
    z.object({ password: z.string().min(1, 'Please give your password.').max(200) }),
    async (tx, person, { password }, context) => {
      await ensurePassword(tx, person, password)
      await confirmSession(tx, found(context.locals.sessionId))
      await audit(tx, person, 'person.copied', {}, person.id)
      return { redirect: '/account/copy' }
    },
  ),

  leave: formAction(leaveInput, async (tx, person, values) => {
    await askToLeave(tx, person, values)
    return { redirect: '/account/erasure', flash: 'It is set. Until the day comes you can change your mind.' }
  }),

  stay: formAction(z.object({}), async (tx, person) => {
    await stay(tx, person)
    return { redirect: '/account', flash: 'Good that you stay. Nothing was erased.' }
  }),
}
