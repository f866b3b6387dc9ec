import { and, eq } from 'drizzle-orm'
import type { Queryable } from '../../../db/client.ts'
import { recallReview } from '../../../db/schema/recall.ts'
import { review, type ReviewedQuestion } from '../review.ts'
import { askedAs } from './asked.ts'
import type { Card } from './cards.ts'
import type { Felt } from './schedule.ts'

/** A card as it was answered last, with its key. */
export type AnsweredCard = {
  readonly card: Card
  readonly number: number
  readonly felt: Felt
  readonly shown: ReviewedQuestion
}

/** The latest answer to one of these cards, which are the person's own; null where there is none. */
export async function answeredCard(
  db: Queryable,
  person: { id: number },
  cards: readonly Card[],
  name: { quiz: string; question: string },
): Promise<AnsweredCard | null> {
  const card = cards.find(({ quiz, question }) => quiz.id === name.quiz && question.id === name.question)
  if (!card || card.reviews === 0) return null
  const [row] = await db
    .select({ felt: recallReview.felt, answer: recallReview.answer })
    .from(recallReview)
    .where(
      and(
        ...[eq(recallReview.personId, person.id), eq(recallReview.quiz, name.quiz)],
        ...[eq(recallReview.question, name.question), eq(recallReview.number, card.reviews)],
      ),
    )
  if (!row) return null
  const question = askedAs(card.quiz, card.question, person, card.reviews)
  const [shown] = review([question], { [question.id]: row.answer }, { withKey: true })
  return shown ? { card, number: card.reviews, felt: row.felt, shown } : null
}
