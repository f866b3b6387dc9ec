import { sql } from 'drizzle-orm'
import type { Db } from '../../../db/client.ts'
import type { Try } from '../../../src/quizzes/analysis/tries.ts'
import type { FrozenQuestion } from '../../../src/quizzes/marking.ts'
import { type Answer, randomFrom } from '../../../src/quizzes/questions/kind.ts'
import { kindOf } from '../../../src/quizzes/questions/question.ts'

/** What person number n of `people` answers to a question; the higher n, the stronger. */
export type Way = (question: FrozenQuestion, n: number, people: number) => Answer

/** The right answer from those who are strong enough for the question, and nothing from the others. */
export const byStrength =
  (hard: (index: number) => number): Way =>
  (question, n, people) =>
    (n + 0.5) / people > hard(Number(question.id.replace(/\D/g, '') || 0))
      ? kindOf(question).key(question)
      : []

/** The answer with the option of this text, wherever it stands and whatever it is called. */
export const picking = (question: FrozenQuestion, text: string): Answer =>
  'options' in question ? question.options.filter(option => option.text === text).map(({ id }) => id) : []

/** Tries of so many people, each with the options in an order of its own. */
export function tries(questions: readonly FrozenQuestion[], people: number, way: Way): Try[] {
  const random = randomFrom('tries')
  return Array.from({ length: people }, (_, n) => {
    const shuffled = questions.map(question => kindOf(question).shuffled(question, random))
    return {
      ...{ person: n + 1, questions: shuffled, hints: {}, spent: {}, seconds: 60 + n },
      answers: Object.fromEntries(
        shuffled
          .map(question => [question.id, way(question, n, people)] as const)
          .filter(([, one]) => one.length > 0),
      ),
    }
  })
}

/** Hands tries in for people of their own, the last one a minute ago and each earlier one a minute before. */
export async function handIn(
  db: Db,
  quiz: string,
  handed: readonly Try[],
  { number = 1 } = {},
): Promise<void> {
  await db.execute(sql`
    insert into person (handle, display_name, email, password_hash, kind, age_band, joined_on)
    select 'taker' || n, 'Taker ' || n, 'taker' || n || '@example.org', 'none', 'listener', 'adult', '2026-01-01'
    from unnest(${sql.param(handed.map(one => one.person))}::int[]) n on conflict do nothing`)
  const rows = handed.map((one, index) => ({
    ...{ handle: `taker${one.person}`, questions: one.questions, answers: one.answers },
    ...{ hints: one.hints, spent: one.spent, seconds: one.seconds, ago: handed.length - index },
  }))
  await db.execute(sql`
    insert into attempt (person_id, quiz, number, questions, answers, hints, spent, pass_mark, out_of, score, passed,
      started_at, submitted_at)
    select person.id, ${quiz}, ${number}, questions, answers, hints, spent, 80, 1, 1, true,
      now() - make_interval(mins => ago, secs => seconds), now() - make_interval(mins => ago)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as
      row(handle text, questions jsonb, answers jsonb, hints jsonb, spent jsonb, seconds float8, ago int)
    join person on person.handle = row.handle`)
}
