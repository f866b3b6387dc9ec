import { content } from '../authoring/content.ts'
import { reviewStanding } from '../badges/review-standing.ts'
import { checkGuide, checkInput } from '../guides/check-guide.ts'
import { formAction } from './form-action.ts'

export const guides = {
  check: formAction(checkInput, async (tx, person, values) => {
    const { attempt, completed } = await checkGuide(tx, content(), person, values)
    if (completed) await reviewStanding(tx, content(), person.id)
    const redirect = `/guides/${values.guide}${attempt === null ? '' : `?check=${attempt}`}#check`
    return completed ? { redirect, flash: 'All right. This guide is completed.' } : { redirect }
  }),
}
