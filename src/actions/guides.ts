import { content } from '../authoring/content.ts'
import { reviewStanding } from '../badges/review-standing.ts'
import { bookmark, bookmarkInput } from '../guides/bookmark.ts'
import { checkGuide, checkInput } from '../guides/check-guide.ts'
import { guideChangesInput, readGuideChanges } from '../guides/read-changes.ts'
import { revokeVouch, revokeVouchInput, vouch, vouchInput } from '../guides/vouch.ts'
import { formAction } from './form-action.ts'

export const guides = {
  check: formAction(checkInput, async (tx, person, values) => {
    const { attempt, completed } = await checkGuide(tx, content(), person, values)
    if (completed) await reviewStanding(tx, content(), person.id)
    const redirect = `/guides/${values.guide}${attempt === null ? '' : `?check=${attempt}`}#check`
    return completed ? { redirect, flash: 'All right. This guide is completed.' } : { redirect }
  }),

  bookmark: formAction(bookmarkInput, async (tx, person, values) => {
    await bookmark(tx, content(), person, values)
    return {}
  }),

  readChanges: formAction(guideChangesInput, async (tx, person, values) => {
    await readGuideChanges(tx, content(), person, values)
    return { redirect: `/guides/${values.guide}#check`, flash: 'Thank you for looking at what changed.' }
  }),

  vouch: formAction(vouchInput, async (tx, mentor, values) => {
    await vouch(tx, content(), mentor, values)
    await reviewStanding(tx, content(), values.personId)
    return { flash: 'You have vouched for it. The guide is completed, with your name.' }
  }),

  revokeVouch: formAction(revokeVouchInput, async (tx, by, values) => {
    const { personId } = await revokeVouch(tx, content(), by, values)
    await reviewStanding(tx, content(), personId)
    return { flash: 'Taken back. They have been told, and can answer the questions of the guide.' }
  }),
}
