import type { Answer } from './questions/kind.ts'
import { kindOf, type KindPaper, type Question } from './questions/question.ts'

/** A question as an attempt keeps it, key and feedback included, so that later edits change nothing of it. */
export type FrozenQuestion = Question

/** Question id -> what was answered. What is not answered is not there. */
export type Answers = Readonly<Record<string, Answer>>

/** Question id -> how many of its hints were shown. */
export type HintsShown = Readonly<Record<string, number>>

/** One question as marked. */
export type Mark = {
  readonly question: string
  readonly answer: Answer
  /** All of it, hints aside. */
  readonly right: boolean
  /** Points, what hints cost taken off. */
  readonly earned: number
  readonly points: number
}

/** An attempt as marked, in points. */
export type Marking = { readonly marks: readonly Mark[]; readonly score: number; readonly outOf: number }

/** A question as it may be shown before it is answered. */
export type PaperQuestion = Pick<Question, 'id' | 'stem'> & {
  readonly asked: KindPaper
  /** How many of its parts are open still. */
  readonly open: number
  /** Hints, Markdown, that were shown. */
  readonly hints: readonly string[]
  /** The share of the points that the next hint costs; null where there is none. */
  readonly nextHint: number | null
}

/** The questions without key or feedback, for the browser. It names what it keeps, so nothing new slips out. */
export const paper = (
  questions: readonly FrozenQuestion[],
  answers: Answers = {},
  hints: HintsShown = {},
): PaperQuestion[] =>
  questions.map(question => {
    const { id, stem } = question
    const answer = answerTo(id, answers)
    const shown = hintsShown(question, hints)
    return {
      ...{ id, stem, asked: kindOf(question).paper(question, answer) },
      open: kindOf(question).open(question, answer),
      hints: shown.map(({ text }) => text),
      nextHint: question.hints?.[shown.length]?.cost ?? null,
    }
  })

/** Marks answers: each question earns a share of its points, less what its hints cost. */
export function mark(
  questions: readonly FrozenQuestion[],
  answers: Answers,
  hints: HintsShown = {},
): Marking {
  const marks = questions.map(question => markQuestion(question, answerTo(question.id, answers), hints))
  return {
    marks,
    score: marks.reduce((sum, { earned }) => sum + earned, 0),
    outOf: pointsOf(questions),
  }
}

/** The most that these questions can earn. */
export const pointsOf = (questions: readonly Pick<FrozenQuestion, 'points'>[]): number =>
  questions.reduce((sum, { points = 1 }) => sum + points, 0)

/** Whether `score` of `outOf` reaches `passMark` per cent, so that 80 per cent of 5 is 4; thirds may add up to a whole. */
export const isPass = ({ score, outOf }: Pick<Marking, 'score' | 'outOf'>, passMark: number) =>
  outOf > 0 && score * 100 >= passMark * outOf - 1e-6

function markQuestion(question: FrozenQuestion, answer: Answer, hints: HintsShown): Mark {
  const { id, points = 1 } = question
  const cleaned = kindOf(question).clean(question, answer)
  const credit = kindOf(question).credit(question, cleaned)
  const cost = hintsShown(question, hints).reduce((sum, hint) => sum + hint.cost, 0)
  return {
    ...{ question: id, answer: cleaned, right: credit === 1, points },
    earned: points * Math.max(0, credit - cost),
  }
}

const hintsShown = ({ id, hints = [] }: FrozenQuestion, shown: HintsShown) =>
  hints.slice(0, Object.hasOwn(shown, id) ? shown[id] : 0)

/** What was answered to a question: one called `constructor` must not find what every object has. */
export const answerTo = (question: string, answers: Answers): Answer =>
  Object.hasOwn(answers, question) ? (answers[question] ?? []) : []
