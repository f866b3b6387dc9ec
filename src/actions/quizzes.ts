import { z } from 'zod'
import { content } from '../authoring/content.ts'
import { reviewStanding } from '../badges/review-standing.ts'
import { openModule } from '../courses/access.ts'
import { hintInput, saveInput, submitInput } from '../quizzes/attempt-input.ts'
import { saveAnswers } from '../quizzes/save-answers.ts'
import { startAttempt } from '../quizzes/start-attempt.ts'
import { submitAttempt } from '../quizzes/submit-attempt.ts'
import { takeHint } from '../quizzes/take-hint.ts'
import { formAction } from './form-action.ts'

export const quizzes = {
  start: formAction(z.object({ quiz: z.string().max(200) }), async (tx, person, { quiz }) => {
    const { module } = await openModule(tx, content(), person, quiz)
    const attempt = await startAttempt(tx, content(), person, module.id)
    return { redirect: `/attempts/${attempt}` }
  }),

  save: formAction(saveInput, async (tx, person, { leave, ...values }) => {
    const { quiz } = await saveAnswers(tx, person, values)
    if (!leave) return { redirect: `/attempts/${values.attempt}${values.say ? placeOf(values.say) : ''}` }
    return { redirect: `/courses/${quiz}/quiz`, flash: 'Your answers are saved. Go on whenever you like.' }
  }),

  hint: formAction(hintInput, async (tx, person, values) => {
    await takeHint(tx, person, values)
    return { redirect: `/attempts/${values.attempt}${placeOf(values.hint)}` }
  }),

  submit: formAction(submitInput, async (tx, person, { anyway, ...values }) => {
    const { outcome, passed } = await submitAttempt(tx, person, { ...values, anyway: anyway === 'yes' })
    if (outcome === 'unanswered') return { redirect: `/attempts/${values.attempt}?unanswered` }
    if (outcome === 'marked' && passed) await reviewStanding(tx, content(), person.id)
    return { redirect: `/attempts/${values.attempt}` }
  }),
}

/** Where on its page a question stands. */
const placeOf = (question: string) => `#question-${encodeURIComponent(question)}`
