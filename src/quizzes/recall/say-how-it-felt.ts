import { and, asc, eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '../../../db/client.ts'
import { recallReview } from '../../../db/schema/recall.ts'
import { dayIn } from '../../layout/time.ts'
import { audit } from '../../record/audit.ts'
import { cardInput } from './answer-card.ts'
import { cardForUpdate, changeCard } from './cards.ts'
import { daysAfter } from './days.ts'
import { afterAll } from './schedule.ts'

export const feltInput = cardInput.extend({ felt: z.enum(['hard', 'good', 'easy']) })

/**
 * Lets somebody say of their latest answer, where it was right, that it felt hard or easy: the day on which it is asked
 * again follows. Of an answer that was wrong, or that another one has followed since, nothing changes.
 * @throws NotFound when the card is not theirs
 */
export async function sayHowItFelt(
  tx: Tx,
  person: { id: number; timeZone: string },
  { quiz: quizId, question: questionId, number, felt }: z.output<typeof feltInput>,
): Promise<void> {
  const name = { quiz: quizId, question: questionId }
  const card = await cardForUpdate(tx, person, name)
  const { personId, quiz, question } = recallReview
  const reviews = await tx
    .select({ number: recallReview.number, felt: recallReview.felt, reviewedAt: recallReview.reviewedAt })
    .from(recallReview)
    .where(and(eq(personId, person.id), eq(quiz, name.quiz), eq(question, name.question)))
    .orderBy(asc(recallReview.number))
  const latest = reviews.at(-1)
  if (latest?.number !== number || latest.felt === 'again' || latest.felt === felt) return

  const after = afterAll([...reviews.slice(0, -1), { ...latest, felt }])
  if (!after || card.reviews !== number) return
  await tx
    .update(recallReview)
    .set({ felt })
    .where(
      and(
        ...[eq(personId, person.id), eq(quiz, name.quiz), eq(question, name.question)],
        eq(recallReview.number, number),
      ),
    )
  const dueOn = daysAfter(dayIn(latest.reviewedAt, person.timeZone), after.days)
  await changeCard(tx, person, name, { ...after.memory, dueOn })
  await audit(tx, person, 'recall.felt', { ...name, number, felt })
}
