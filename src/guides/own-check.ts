import { and, desc, eq, or, sql } from 'drizzle-orm'
import type { Queryable } from '../../db/client.ts'
import { attempt } from '../../db/schema/quizzes.ts'
import type { Person } from '../people/person.ts'
import type { Answers } from '../quizzes/marking.ts'
import { review, type ReviewedQuestion } from '../quizzes/review.ts'

/** A person's own try at a guide's check, with what may be said about it: the key only once all is right. */
export type OwnCheck = {
  readonly passed: boolean
  readonly answers: Answers
  readonly review: readonly ReviewedQuestion[]
}

/**
 * The try with this id, if it is the person's own try at this guide's check; else the one that completed it.
 * @param id undefined where none is asked for
 */
export async function ownCheck(
  db: Queryable,
  person: Person | null,
  guide: string,
  id: number | undefined,
): Promise<OwnCheck | null> {
  if (!person) return null
  const asked = id === undefined ? undefined : eq(attempt.id, id)
  const [row] = await db
    .select({ questions: attempt.questions, answers: attempt.answers, passed: attempt.passed })
    .from(attempt)
    .where(
      and(eq(attempt.personId, person.id), eq(attempt.quiz, `guides/${guide}`), or(asked, attempt.passed)),
    )
    .orderBy(...(asked ? [desc(sql`${asked}`)] : []), desc(attempt.number))
    .limit(1)
  if (!row) return null
  const passed = row.passed ?? false
  return { passed, answers: row.answers, review: review(row.questions, row.answers, { withKey: passed }) }
}
