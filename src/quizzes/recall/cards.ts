import { and, eq, sql } from 'drizzle-orm'
import { hot, type Queryable, type Tx } from '../../../db/client.ts'
import { recallCard } from '../../../db/schema/recall.ts'
import type { Content } from '../../authoring/content.ts'
import { found } from '../../errors.ts'
import type { Answer } from '../questions/kind.ts'
import type { Question } from '../questions/question.ts'
import type { Quiz } from '../quiz.ts'
import { openQuizzes } from './open-quizzes.ts'

/** Which card of a person is meant. */
export type CardName = { readonly quiz: string; readonly question: string }

/** A card whose question may be asked today. */
export type Card = {
  readonly quiz: Quiz
  readonly question: Question
  /** ISO day. */
  readonly dueOn: string
  readonly reviews: number
  readonly reviewedAt: Date | null
  readonly answer: Answer
}

interface Row {
  quiz: string
  question: string
  dueOn: string
  reviews: number
  reviewedAt: string | null
  answer: Answer
}

/**
 * The cards of a person, those first that have waited longest. Left out is what they may not go over, and what has left
 * the content.
 * @param until only what is due by this ISO day
 */
export async function cardsOf(
  db: Queryable,
  content: Content,
  person: { id: number },
  { until = 'infinity' }: { until?: string } = {},
): Promise<Card[]> {
  const rows = await hot<Row>(db, dueCards(person, until))
  const open = await openQuizzes(
    db,
    content,
    person,
    rows.map(({ quiz }) => quiz),
  )
  return rows.flatMap(({ reviewedAt, ...row }) => {
    const quiz = open.get(row.quiz)
    const question = quiz?.questions.find(({ id }) => id === row.question)
    return quiz && question
      ? [{ ...row, quiz, question, reviewedAt: reviewedAt === null ? null : new Date(reviewedAt) }]
      : []
  })
}

/** What is asked of the database for the cards due by an ISO day, or `infinity`. */
export const dueCards = (person: { id: number }, until: string) => sql`
  select quiz, question, due_on::text as "dueOn", reviews, reviewed_at as "reviewedAt", answer
  from recall_card
  where person_id = ${person.id} and due_on <= ${until}::date
  order by due_on, quiz, question`

const named = (person: { id: number }, { quiz, question }: CardName) =>
  and(eq(recallCard.personId, person.id), eq(recallCard.quiz, quiz), eq(recallCard.question, question))

/** Somebody's own card, held until the transaction ends. @throws NotFound when they have none */
export async function cardForUpdate(tx: Tx, person: { id: number }, name: CardName) {
  const [row] = await tx.select().from(recallCard).where(named(person, name)).for('update')
  return found(row)
}

/** Changes a card that the caller holds. */
export const changeCard = (
  tx: Tx,
  person: { id: number },
  name: CardName,
  changes: Partial<typeof recallCard.$inferInsert>,
) => tx.update(recallCard).set(changes).where(named(person, name))
