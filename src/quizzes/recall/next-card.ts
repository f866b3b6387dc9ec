import { paper, type PaperQuestion } from '../marking.ts'
import { askedAs } from './asked.ts'
import type { Card } from './cards.ts'
import type { Today } from './today.ts'

/** A card to be answered, without its key. */
export type AskedCard = {
  readonly card: Card
  /** The how manyth answer this will be. */
  readonly number: number
  readonly asked: PaperQuestion
}

/**
 * The card to ask next: the one that is wanted, where it is due, else the one that has waited longest; null where none
 * is due.
 */
export function nextCard(
  { due }: Pick<Today, 'due'>,
  person: { id: number },
  wanted?: { quiz: string | undefined; question: string | undefined },
): AskedCard | null {
  const card =
    due.find(({ quiz, question }) => quiz.id === wanted?.quiz && question.id === wanted.question) ?? due[0]
  if (!card) return null
  const number = card.reviews + 1
  const question = askedAs(card.quiz, card.question, person, number)
  const [asked] = paper([question], { [question.id]: card.answer })
  return asked ? { card, number, asked } : null
}
