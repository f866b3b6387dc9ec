import { sql } from 'drizzle-orm'
import type { Queryable } from '../../../db/client.ts'
import type { Answers, FrozenQuestion, HintsShown } from '../marking.ts'
import type { Spent } from '../time-spent.ts'

/** Of each quiz at most so many tries, the newest: they say most about the quiz as it is. */
export const mostTries = 5000

/** Whose tries count: of each person the first, as nothing was learnt from another yet; or all there are. */
export type Which = 'first' | 'all'

/** A try that was handed in, as it is kept. */
export interface Try {
  readonly person: number
  readonly questions: readonly FrozenQuestion[]
  readonly answers: Answers
  readonly hints: HintsShown
  readonly spent: Spent
  /** How long it took, in seconds. */
  readonly seconds: number
}

type Row = Record<string, unknown> &
  (
    | { quiz: string; hash: string; value: FrozenQuestion }
    | { quiz: string; hash: null; value: Omit<Try, 'questions'> & { asked: string[] } }
  )

/**
 * The newest tries at each of these quizzes, in one query. A try keeps its questions whole, so that 5,000 tries hold
 * the same question 5,000 times: it is read once for each order of its options, and the tries name it by its hash.
 */
export async function triesAtEach(
  db: Queryable,
  quizzes: readonly string[],
  { which = 'first', most = mostTries }: { which?: Which; most?: number } = {},
): Promise<Map<string, Try[]>> {
  const tries = new Map<string, Try[]>(quizzes.map(quiz => [quiz, []]))
  const known = new Map<string, FrozenQuestion>()
  for (const { quiz, hash, value } of await rowsOf(db, quizzes, which, most)) {
    if (hash !== null) {
      known.set(hash, value)
      continue
    }
    const { asked, ...kept } = value
    tries.get(quiz)!.push({ ...kept, questions: asked.map(one => known.get(one)!) })
  }
  return tries
}

/** Rows of questions, and after them rows of tries. Nobody has a second try before the first is handed in. */
const rowsOf = (db: Queryable, quizzes: readonly string[], which: Which, most: number) =>
  db.execute<Row>(sql`
    with tried as materialized (
      select newest.* from unnest(${sql.param(quizzes)}::text[]) as wanted(quiz)
      cross join lateral (
        select id, quiz, person_id, questions, answers, hints, spent, started_at, submitted_at from attempt
        where attempt.quiz = wanted.quiz and submitted_at is not null
          ${which === 'first' ? sql`and number = 1` : sql``}
        order by submitted_at desc limit ${most}) newest
    ), asked as materialized (
      select tried.*, (
        select array_agg(jsonb_hash_extended(question, 0) order by place)
        from jsonb_array_elements(questions) with ordinality as each(question, place)) as hashes
      from tried
    ), once as (
      -- One try that has it and its place there, in one number: a try has fewer than 1,000 questions.
      select hash, min(id * 1000 + place) as found
      from asked cross join unnest(hashes) with ordinality as each(hash, place) group by hash
    )
    select quiz, hash::text, questions -> (found % 1000 - 1)::int as value
    from once join asked on asked.id = found / 1000
    union all
    select quiz, null, jsonb_build_object('person', person_id, 'asked', coalesce(hashes, '{}')::text[],
      'answers', answers, 'hints', hints, 'spent', spent, 'seconds', extract(epoch from submitted_at - started_at))
    from asked`)
