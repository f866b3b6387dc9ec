import { rightAnswers } from './learning.ts'
import { answerCard } from '../../../src/quizzes/recall/answer-card.ts'
import { goThrough } from '../../../src/quizzes/recall/go-through.ts'
import { todayOf } from '../../../src/quizzes/recall/today.ts'
import type { Life } from './lives.ts'
import type { World } from './world.ts'

const DAY = 24 * 60 * 60_000

export interface Recalling {
  handle: string
  /** A quiz that they have passed by then. */
  quiz: string
  /** Days before the present: on the first all of the quiz is asked for, and on each some of what is due is answered. */
  days: readonly number[]
  /** How many are answered in an evening; each third one wrong. */
  few: number
}

/** Keeps a quiz fresh, on evenings that no chance decides: nobody else's story changes with it. */
export async function* recall(world: World, { handle, quiz, days, few }: Recalling): Life {
  const { tx, content } = world
  for (const [index, daysAgo] of days.entries()) {
    const now = new Date(world.present.getTime() - daysAgo * DAY + 19 * 60 * 60_000)
    yield now
    const person = await world.person(handle)
    if (index === 0) await goThrough(tx, content, person, { quiz }, now)
    const { due } = await todayOf(tx, content, person, {}, now)
    for (const [place, card] of due.slice(0, few).entries()) {
      const answers = place % 3 === 2 ? {} : rightAnswers([card.question])
      const name = { quiz: card.quiz.id, question: card.question.id, number: card.reviews + 1 }
      await answerCard(tx, content, person, { ...name, answers, show: 'yes' }, now)
    }
  }
}
