import { and, desc, eq, isNotNull } from 'drizzle-orm'
import type { Queryable, Tx } from '../../db/client.ts'
import { attempt } from '../../db/schema/quizzes.ts'
import type { Content } from '../authoring/content.ts'
import { found } from '../errors.ts'
import type { FrozenRules } from './drawing.ts'
import { mark, paper, type Answers, type PaperQuestion } from './marking.ts'
import { sectionResults, type SectionResult } from './passing.ts'
import { canSeeKey, mayBeShown } from './policy.ts'
import { quizState } from './quiz-state.ts'
import { review, type ReviewedQuestion } from './review.ts'

/** A person's own attempt as it may be shown to them: questions alone while it is open, then how it went. */
export type OwnAttempt = {
  readonly id: number
  readonly quiz: string
  readonly number: number
  readonly outOf: number
  /** Per cent. */
  readonly passMark: number
} & (
  | {
      readonly state: 'open'
      readonly paper: readonly PaperQuestion[]
      readonly answers: Answers
      /** Titles of sections by the question that each begins with. */
      readonly beginnings: ReadonlyMap<string, string>
      /** Until when answers are taken; null where time is not limited. */
      readonly endsAt: Date | null
    }
  | {
      readonly state: 'submitted'
      readonly submittedAt: Date
      readonly passed: boolean
      /** Points; null where they may not be shown. */
      readonly score: number | null
      /** How its sections went, where it has any and their points may be shown. */
      readonly sections: readonly SectionResult[]
      readonly review: readonly ReviewedQuestion[]
      /** Whether `review` shows the whole key. */
      readonly withKey: boolean
    }
)

const own = (person: { id: number }, id: number) => and(eq(attempt.id, id), eq(attempt.personId, person.id))

/** @throws NotFound when it is not theirs */
export async function ownAttempt(
  db: Queryable,
  content: Content,
  person: { id: number },
  id: number,
): Promise<OwnAttempt> {
  const [row] = await db.select().from(attempt).where(own(person, id))
  const { quiz, number, outOf, passMark, questions, answers, hints, rules, submittedAt, ...rest } = found(row)
  const base = { id, quiz, number, outOf, passMark }
  if (!submittedAt)
    return {
      ...{ ...base, state: 'open', paper: paper(questions, answers, hints), answers },
      ...{ beginnings: beginningsOf(rules), endsAt: rest.endsAt },
    }

  const state = (await quizState(db, content, person, [quiz])).get(quiz)
  // A quiz that has left the content can't be tried again, so nothing is given away.
  const shown = mayBeShown(rules, state === undefined || canSeeKey(state))
  const withKey = shown.has('key')
  return {
    ...{ ...base, state: 'submitted', submittedAt, passed: rest.passed ?? false, withKey },
    score: shown.has('score') ? (rest.score ?? 0) : null,
    sections: shown.has('score') ? sectionResults(mark(questions, answers, hints), rules) : [],
    review: shown.has('answers')
      ? review(questions, answers, { withKey, hints, withFeedback: shown.has('feedback') })
      : [],
  }
}

const beginningsOf = (rules: FrozenRules | null) =>
  new Map(
    (rules?.sections ?? []).flatMap(({ title, questions: [first] }) =>
      title !== null && first !== undefined ? [[first, title] as const] : [],
    ),
  )

/** Somebody's own attempt, held until the transaction ends. @throws NotFound when it is not theirs */
export async function ownAttemptForUpdate(tx: Tx, person: { id: number }, id: number) {
  const [row] = await tx.select().from(attempt).where(own(person, id)).for('update')
  return found(row)
}

/** The tries at a quiz that a person has handed in, without questions and answers, the latest first, at most 20. */
export const triesAt = (db: Queryable, person: { id: number }, quizId: string) =>
  db
    .select({
      id: attempt.id,
      number: attempt.number,
      submittedAt: attempt.submittedAt,
      score: attempt.score,
      outOf: attempt.outOf,
      passed: attempt.passed,
    })
    .from(attempt)
    .where(and(eq(attempt.personId, person.id), eq(attempt.quiz, quizId), isNotNull(attempt.submittedAt)))
    .orderBy(desc(attempt.number))
    .limit(20)
