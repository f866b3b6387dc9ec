import { z } from 'zod'
import { content } from '../authoring/content.ts'
import { reviewStanding } from '../badges/review-standing.ts'
import { openModule } from '../courses/access.ts'
import { hintInput, saveInput, submitInput } from '../quizzes/attempt-input.ts'
import { endExtraTime, extraTimeInput, giveExtraTime } from '../quizzes/extra-time.ts'
import { remarkInput, remarkQuiz } from '../quizzes/remarking/remark-quiz.ts'
import { saveAnswers } from '../quizzes/save-answers.ts'
import { startAttempt } from '../quizzes/start-attempt.ts'
import { submitAttempt } from '../quizzes/submit-attempt.ts'
import { takeHint } from '../quizzes/take-hint.ts'
import type { Tx } from '../../db/client.ts'
import type { Person } from '../people/person.ts'
import { type Done, formAction } from './form-action.ts'

export const quizzes = {
  start: formAction(z.object({ quiz: z.string().max(200) }), async (tx, person, { quiz }) => {
    const { module } = await openModule(tx, content(), person, quiz)
    const attempt = await startAttempt(tx, content(), person, module.id)
    return { redirect: `/attempts/${attempt}` }
  }),

  save: formAction(saveInput, async (tx, person, { leave, ...values }) => {
    const { quiz, over } = await saveAnswers(tx, person, values)
    if (over) return timeIsOver(tx, person, values.attempt)
    if (!leave) return { redirect: `/attempts/${values.attempt}${values.say ? placeOf(values.say) : ''}` }
    return { redirect: `/courses/${quiz}/quiz`, flash: 'Your answers are saved. Go on whenever you like.' }
  }),

  hint: formAction(hintInput, async (tx, person, values) => {
    await takeHint(tx, person, values)
    return { redirect: `/attempts/${values.attempt}${placeOf(values.hint)}` }
  }),

  submit: formAction(submitInput, async (tx, person, { anyway, ...values }) => {
    const { outcome } = await submitAttempt(tx, person, { ...values, anyway: anyway === 'yes' })
    if (outcome === 'unanswered') return { redirect: `/attempts/${values.attempt}?unanswered` }
    if (outcome === 'over') return timeIsOver(tx, person, values.attempt)
    if (outcome === 'marked') await reviewStanding(tx, content(), person.id)
    return { redirect: `/attempts/${values.attempt}` }
  }),

  remark: formAction(remarkInput, async (tx, person, values) => {
    const { attempts, people } = await remarkQuiz(tx, content(), person, values)
    for (const id of people) await reviewStanding(tx, content(), id)
    return {
      redirect: `/admin/re-marking/${values.quiz}`,
      flash: `Marked anew: ${attempts} ${attempts === 1 ? 'try' : 'tries'}.`,
    }
  }),

  giveExtraTime: formAction(extraTimeInput, async (tx, person, values) => {
    await giveExtraTime(tx, person, values)
    return { flash: 'Kept. It holds for every timed quiz that they begin from now on.' }
  }),

  endExtraTime: formAction(extraTimeInput.pick({ handle: true }), async (tx, person, values) => {
    await endExtraTime(tx, person, values)
    return { flash: 'They have the time that everybody has.' }
  }),
}

async function timeIsOver(tx: Tx, person: Person, attempt: number): Promise<Done> {
  await reviewStanding(tx, content(), person.id)
  return {
    redirect: `/attempts/${attempt}`,
    flash: 'The time is over. What was saved by then has been handed in.',
  }
}

/** Where on its page a question stands. */
const placeOf = (question: string) => `#question-${encodeURIComponent(question)}`
