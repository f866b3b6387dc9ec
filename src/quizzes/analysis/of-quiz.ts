import type { Quiz } from '../quiz.ts'
import { cronbachAlpha, standardError } from './alpha.ts'
import type { Figure } from './enough.ts'
import { facility } from './facility.ts'
import { type Flag, flagsOf, quizFlags } from './flags.ts'
import { deviation } from './mean.ts'
import { ofQuestion, type QuestionAnalysis, type Times, timesOf } from './of-question.ts'
import { marked, type MarkedTry, type Seen } from './seen.ts'
import type { Try } from './tries.ts'
import { wordingOf } from './wording.ts'

/** A question with what there is to look at. */
export type FlaggedQuestion = QuestionAnalysis & { flags: readonly Flag[] }

/** What the tries say of a quiz. */
export interface QuizAnalysis {
  tries: number
  facility: Figure
  /** The standard deviation of the share earned. */
  spread: Figure
  alpha: Figure
  /** In the share earned. */
  standardError: Figure
  /** Whether people were asked different questions, so that figures compare what each was asked. */
  drawn: boolean
  seconds: Times
  questions: readonly FlaggedQuestion[]
  flags: readonly Flag[]
}

/** All figures of a quiz, over its questions as they stand now. */
export function analyse(
  { questions, draw }: Pick<Quiz, 'questions' | 'draw'>,
  tries: readonly Try[],
): QuizAnalysis {
  const all = tries.map(marked)
  const seen = byQuestion(all)
  const totals = all.map(({ total }) => total)
  const alpha = cronbachAlpha(matrix(questions, all))
  const people = all.length
  const analysed = questions.map(question => ofQuestion(question, seen.get(question.id) ?? []))
  const figures = {
    ...{ tries: people, drawn: draw < questions.length },
    facility: { value: facility(totals), people },
    spread: { value: deviation(totals), people },
    alpha: { value: alpha, people },
    standardError: { value: standardError(totals, alpha), people },
    // What is handed in at once, as the check of a guide is, began when it ended.
    seconds: timesOf(all.flatMap(({ seconds }) => (seconds > 0 ? [seconds] : []))),
  }
  return {
    ...figures,
    questions: analysed.map(one => ({ ...one, flags: flagsOf(one, analysed) })),
    flags: quizFlags(figures),
  }
}

function byQuestion(tries: readonly MarkedTry[]): Map<string, Seen[]> {
  const seen = new Map<string, Seen[]>()
  for (const one of tries.flatMap(({ seen }) => seen)) {
    const others = seen.get(one.question.id)
    if (others) others.push(one)
    else seen.set(one.question.id, [one])
  }
  return seen
}

/** A row for each try and a column for each question as it stands now: points, or null where it was not asked. */
function matrix(questions: Quiz['questions'], tries: readonly MarkedTry[]): (number | null)[][] {
  const columns = new Map(
    questions.map((question, index) => [question.id, { index, wording: wordingOf(question) }]),
  )
  return tries.map(({ seen }) => {
    const row = new Array<number | null>(questions.length).fill(null)
    for (const { question, earned } of seen) {
      const column = columns.get(question.id)
      if (column?.wording === wordingOf(question)) row[column.index] = earned
    }
    return row
  })
}
