import { content } from '../authoring/content.ts'
import { answerCard, answerInput } from '../quizzes/recall/answer-card.ts'
import { answeredAt, nextAt } from '../quizzes/recall/addresses.ts'
import { goThrough, goThroughInput } from '../quizzes/recall/go-through.ts'
import { feltInput, sayHowItFelt } from '../quizzes/recall/say-how-it-felt.ts'
import { formAction } from './form-action.ts'

export const recall = {
  goThrough: formAction(goThroughInput, async (tx, person, values) => {
    await goThrough(tx, content(), person, values)
    return { redirect: nextAt(values.quiz) }
  }),

  answer: formAction(answerInput, async (tx, person, values) => {
    const became = await answerCard(tx, content(), person, values)
    if (became === 'marked') return { redirect: answeredAt(values) }
    if (became === 'kept')
      return { redirect: `${nextAt(values.within)}#question-${encodeURIComponent(values.question)}` }
    return {
      redirect: nextAt(values.within),
      flash: 'That question has been taken out meanwhile. Here is how it goes on.',
    }
  }),

  feel: formAction(feltInput, async (tx, person, values) => {
    await sayHowItFelt(tx, person, values)
    return { redirect: nextAt(values.within) }
  }),
}
