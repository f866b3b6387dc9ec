import { z } from 'zod'
import type { Tx } from '../../../db/client.ts'
import { recallReview } from '../../../db/schema/recall.ts'
import type { Content } from '../../authoring/content.ts'
import { Invalid } from '../../errors.ts'
import { dayIn } from '../../layout/time.ts'
import { audit } from '../../record/audit.ts'
import { answersInput, answersTo, unanswered } from '../attempt-input.ts'
import { type Answers, answerTo, mark } from '../marking.ts'
import type { Answer } from '../questions/kind.ts'
import { askedAs } from './asked.ts'
import { cardForUpdate, type CardName, changeCard } from './cards.ts'
import { daysAfter } from './days.ts'
import { memoryOf } from './memory.ts'
import { openQuizzes } from './open-quizzes.ts'
import { afterReview, type Felt } from './schedule.ts'

/** Which card, and the how manyth answer to it this is. */
export const cardInput = z.object({
  quiz: z.string().max(200),
  question: z.string().max(200),
  number: z
    .string()
    .regex(/^[1-9]\d{0,6}$/)
    .transform(Number),
  /** The quiz that one has asked to go through, if it is that. */
  within: z.string().max(200).optional(),
})

export const answerInput = cardInput.extend({
  answers: answersInput,
  /** The scene in which the choice of the open turn is made. */
  say: z.string().max(200).optional(),
  /** Pressed by somebody who would rather be shown. */
  show: z.literal('yes').optional(),
})

type GivenAnswer = Omit<z.output<typeof answerInput>, 'answers'> & { readonly answers: Answers }

/** What became of an answer: marked, be it in another tab; kept, as the scene goes on; or the question is no more. */
export type Answered = 'marked' | 'kept' | 'gone'

/**
 * Takes an answer to one's own card and marks it, whole or, where somebody would rather be shown, as it stands. A wrong
 * one is asked again soon, a right one as if it had felt good.
 * @throws NotFound when it is not theirs; Invalid while some of it is open
 */
export async function answerCard(
  tx: Tx,
  content: Content,
  person: { id: number; timeZone: string },
  { quiz: quizId, question: questionId, number, answers: posted, say, show }: GivenAnswer,
  now = new Date(),
): Promise<Answered> {
  const name: CardName = { quiz: quizId, question: questionId }
  const card = await cardForUpdate(tx, person, name)
  if (card.reviews >= number) return 'marked'
  const quiz = (await openQuizzes(tx, content, person, [quizId])).get(quizId)
  const written = quiz?.questions.find(({ id }) => id === questionId)
  if (!quiz || !written) return 'gone'

  const question = askedAs(quiz, written, person, card.reviews + 1)
  const answers = answersTo([question], posted, { kept: { [question.id]: card.answer }, say })
  const answer = answerTo(question.id, answers)
  if (!show && unanswered([question], answers).length > 0) {
    if (say === undefined) throw new Invalid({ [`answers.${question.id}`]: stillOpen })
    await changeCard(tx, person, name, { answer })
    return 'kept'
  }
  const [marked] = mark([question], answers).marks
  await review(tx, person, card, { answer, felt: marked?.right ? 'good' : 'again', now })
  return 'marked'
}

const stillOpen = 'Some of this is open still. Answer it, or let yourself be shown.'

async function review(
  tx: Tx,
  person: { id: number; timeZone: string },
  card: Awaited<ReturnType<typeof cardForUpdate>>,
  { answer, felt, now }: { answer: Answer; felt: Felt; now: Date },
): Promise<void> {
  const name: CardName = { quiz: card.quiz, question: card.question }
  const { memory, days } = afterReview(memoryOf(card), { felt, reviewedAt: now })
  const number = card.reviews + 1
  await tx
    .insert(recallReview)
    .values({ personId: person.id, ...name, number, felt, reviewedAt: now, answer })
  const dueOn = daysAfter(dayIn(now, person.timeZone), days)
  await changeCard(tx, person, name, { ...memory, dueOn, answer: [] })
  await audit(tx, person, 'recall.answered', { ...name, number, felt })
}
