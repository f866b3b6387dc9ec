import { and, asc, eq, isNull, lt } from 'drizzle-orm'
import type { Queryable, Tx } from '../../db/client.ts'
import { attempt, extraTime } from '../../db/schema/quizzes.ts'
import { milliseconds } from '../authoring/duration.ts'
import { handInAttempt } from './hand-in-attempt.ts'
import type { Quiz } from './quiz.ts'

/** A page that was sent at the last moment may take this long to arrive: milliseconds. */
const grace = 15_000

/** Whether the time for an attempt is over. */
export const isOver = ({ endsAt }: { endsAt: Date | null }, now: Date): boolean =>
  endsAt !== null && now.getTime() > endsAt.getTime() + grace

/** Until when a person may work on a quiz that they begin now; null where time is not limited. */
export async function endOf(
  db: Queryable,
  person: { id: number },
  { timeLimit }: Pick<Quiz, 'timeLimit'>,
  now: Date,
): Promise<Date | null> {
  if (!timeLimit) return null
  const extra = await extraPercent(db, person)
  return new Date(now.getTime() + milliseconds(timeLimit) * (1 + extra / 100))
}

/** How much more time a person has in quizzes: per cent, 0 where they have what everybody has. */
export async function extraPercent(db: Queryable, person: { id: number }): Promise<number> {
  const [row] = await db
    .select({ percent: extraTime.percent })
    .from(extraTime)
    .where(and(eq(extraTime.personId, person.id), isNull(extraTime.endedAt)))
  return row?.percent ?? 0
}

/**
 * Hands in what was saved of attempts whose time is over, some at a time.
 * @returns whose standing may have changed
 */
export async function handInOverdue(tx: Tx, now = new Date(), most = 100): Promise<number[]> {
  const rows = await tx
    .select()
    .from(attempt)
    .where(and(isNull(attempt.submittedAt), lt(attempt.endsAt, new Date(now.getTime() - grace))))
    .orderBy(asc(attempt.endsAt))
    .limit(most)
    .for('update', { skipLocked: true })
  const people = new Set<number>()
  for (const row of rows) {
    await handInAttempt(tx, row, row.answers, row.endsAt ?? now)
    people.add(row.personId)
  }
  return [...people]
}
