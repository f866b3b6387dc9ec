import { z } from 'zod'
import { forgetDraft } from '../drafts/forget-draft.ts'
import { draftInput, keepDraft } from '../drafts/keep-draft.ts'
import { draftName } from '../drafts/names.ts'
import { formAction } from './form-action.ts'

export const drafts = {
  keep: formAction(
    draftInput,
    async (tx, person, draft) => {
      await keepDraft(tx, person, draft)
      return {}
    },
    { limited: 'draft' },
  ),

  discard: formAction(z.object({ name: draftName }), async (tx, person, { name }) => {
    await forgetDraft(tx, person, name)
    return { flash: 'Discarded. Nothing of it was posted.' }
  }),
}
