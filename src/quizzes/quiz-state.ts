import { sql } from 'drizzle-orm'
import { hot, type Queryable } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import { after } from '../authoring/duration.ts'
import { passCounts } from '../courses/completion.ts'
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
  /** Of these, those since the quiz was last asked again. */
  counted: number
  passed: string | null
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
    select quiz, count(*)::int as used, count(*) filter (where started_at >= since::timestamptz)::int as counted,
      max(submitted_at) filter (where passed and counts) as passed, max(submitted_at) as last,
      max(id) filter (where submitted_at is null) as open,
      (array_agg(jsonb_build_object('score', score, 'outOf', out_of) order by score::float8 / out_of desc)
        filter (where submitted_at is not null and counts))[1] as best
    from unnest(
        ${sql.param(quizzes.map(({ id }) => id))}::text[],
        ${sql.param(quizzes.map(({ id }) => sinceOf(content, id)))}::text[]) as asked (quiz, since)
      join attempt using (quiz)
    where person_id = ${person.id}
    group by quiz`,
  )
  const byQuiz = new Map(rows.map(row => [row.quiz, row]))
  return new Map(quizzes.map(quiz => [quiz.id, stateFrom(content, quiz, byQuiz.get(quiz.id), now)]))
}

/** From when its tries count: an author may have asked for the quiz again. */
const sinceOf = (content: Content, id: string) => {
  const day = content.module(id)?.quizSince
  return day ? `${day}T00:00:00Z` : '-infinity'
}

function stateFrom(content: Content, quiz: Quiz, row: Row | undefined, now: Date): QuizState {
  const passedAt = row?.passed ? new Date(row.passed) : undefined
  // A guide's check has no module, and every pass of it counts.
  const passed = passCounts(content.module(quiz.id) ?? { quizSince: null }, passedAt)
  const attemptsUsed = row?.used ?? 0
  const attemptsLeft = quiz.attempts === undefined ? null : Math.max(0, quiz.attempts - (row?.counted ?? 0))
  const openAttemptId = row?.open ? Number(row.open) : null
  const another = (!passed || quiz.again) && openAttemptId === null && attemptsLeft !== 0
  const opens = another && quiz.wait && row?.last ? after(new Date(row.last), quiz.wait) : null
  return {
    ...{ passed, best: row?.best ?? null, attemptsUsed, attemptsLeft, openAttemptId, another },
    opensAt: opens && opens > now ? opens : null,
  }
}
