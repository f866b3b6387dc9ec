import { sql } from 'drizzle-orm'
import type { Tx } from '../../../db/client.ts'
import { recallCard } from '../../../db/schema/recall.ts'
import type { Mark } from '../marking.ts'
import { atOnce } from './days.ts'

/**
 * What somebody got wrong in a try that they handed in is theirs to go over, at once. Whether it may be asked yet is
 * looked at when they come for it: while another try is to come it waits.
 */
export const rememberWrong = (
  tx: Tx,
  person: { id: number },
  quiz: string,
  marks: readonly Pick<Mark, 'question' | 'right'>[],
  now: Date,
): Promise<void> =>
  makeDue(
    tx,
    person,
    quiz,
    marks.filter(({ right }) => !right).map(({ question }) => question),
    now,
  )

/** Makes cards of these questions due today, be they new or due later. */
export async function makeDue(
  tx: Tx,
  person: { id: number },
  quiz: string,
  questions: readonly string[],
  now: Date,
): Promise<void> {
  const dueOn = atOnce(now)
  const rows = [...new Set(questions)].map(question => ({ personId: person.id, quiz, question, dueOn }))
  if (rows.length === 0) return
  await tx
    .insert(recallCard)
    .values(rows)
    .onConflictDoUpdate({
      target: [recallCard.personId, recallCard.quiz, recallCard.question],
      set: { dueOn: sql`least(${recallCard.dueOn}, excluded.due_on)` },
    })
}
