import { sql } from 'drizzle-orm'
import { hot, type Queryable } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import { after } from '../authoring/duration.ts'
import type { Quiz } from './quiz.ts'

/** Where a person stands with a quiz. */
export type QuizState = {
  readonly passed: boolean
  /** Of the tries handed in that count, the one with the largest share of the points. */
  readonly best: { readonly score: number; readonly outOf: number } | null
  /** The one that is open counted too. */
  readonly attemptsUsed: number
  /** Null where there is no limit. */
  readonly attemptsLeft: number | null
  /** Whether another try is to come, now or after a wait. */
  readonly another: boolean
  /** When the next try may begin; null when that is now, and when no other is to come. */
  readonly opensAt: Date | null
  readonly openAttemptId: number | null
}

interface Row {
  quiz: string
  used: number
  passed: boolean | null
  best: { score: number; outOf: number } | null
  open: string | null
  last: string | null
}

/** Where `person` stands with each of these quizzes, in one query. Ids that are no quiz of the content are left out. */
export async function quizState(
  db: Queryable,
  content: Content,
  person: { id: number },
  quizIds: readonly string[],
  now = new Date(),
): Promise<Map<string, QuizState>> {
  const quizzes = quizIds.map(id => content.quiz(id)).filter(quiz => quiz !== undefined)
  if (quizzes.length === 0) return new Map()
  const rows = await hot<Row>(
    db,
    sql`
    select quiz, count(*)::int as used, bool_or(passed and counts) as passed, max(submitted_at) as last,
      max(id) filter (where submitted_at is null) as open,
      (array_agg(jsonb_build_object('score', score, 'outOf', out_of) order by score::float8 / out_of desc)
        filter (where submitted_at is not null and counts))[1] as best
    from attempt
    where person_id = ${person.id} and quiz = any(${sql.param(quizzes.map(({ id }) => id))}::text[])
    group by quiz`,
  )
  const byQuiz = new Map(rows.map(row => [row.quiz, row]))
  return new Map(quizzes.map(quiz => [quiz.id, stateFrom(quiz, byQuiz.get(quiz.id), now)]))
}

function stateFrom(quiz: Quiz, row: Row | undefined, now: Date): QuizState {
  const passed = row?.passed ?? false
  const attemptsUsed = row?.used ?? 0
  const attemptsLeft = quiz.attempts === undefined ? null : Math.max(0, quiz.attempts - attemptsUsed)
  const openAttemptId = row?.open ? Number(row.open) : null
  const another = (!passed || quiz.again) && openAttemptId === null && attemptsLeft !== 0
  const opens = another && quiz.wait && row?.last ? after(new Date(row.last), quiz.wait) : null
  return {
    ...{ passed, best: row?.best ?? null, attemptsUsed, attemptsLeft, openAttemptId, another },
    opensAt: opens && opens > now ? opens : null,
  }
}
