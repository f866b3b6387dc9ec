import { kindOf, type Question } from '../questions/question.ts'
import { type Answers, type FrozenQuestion, type HintsShown, mark } from '../marking.ts'
import { isPassed } from '../passing.ts'
import type { FrozenRules } from '../drawing.ts'

/** A submitted attempt, as far as marking it anew goes. */
export interface Marked {
  questions: readonly FrozenQuestion[]
  answers: Answers
  hints: HintsShown
  rules: FrozenRules | null
  passMark: number
  score: number
  passed: boolean
}

/** What today's keys make of an attempt. */
export interface Anew {
  questions: FrozenQuestion[]
  /** Ids of the questions whose key or marking has changed since. */
  changed: string[]
  /** Ids of those that ask something else now: they stay as they were marked. */
  other: string[]
  score: number
  passed: boolean
}

/** An attempt by the questions as they stand today, where they still ask the same; null where nothing has changed. */
export function markAnew(attempt: Marked, today: ReadonlyMap<string, Question>): Anew | null {
  const changed: string[] = []
  const other: string[] = []
  const questions = attempt.questions.map(asked => {
    const present = today.get(asked.id)
    if (!present) return asked
    const now = inTermsOf(present, asked)
    if (!now) other.push(asked.id)
    if (!now || !marksOtherwise(now, asked)) return asked
    changed.push(asked.id)
    return now
  })
  if (changed.length === 0 && other.length === 0) return null
  const marking = mark(questions, attempt.answers, attempt.hints)
  const passed = isPassed(marking, attempt.passMark, attempt.rules)
  return { questions, changed, other, score: marking.score, passed }
}

/** The words that were asked stay: an answer belongs to its question. */
function inTermsOf(present: Question, asked: FrozenQuestion): FrozenQuestion | null {
  if (present.kind !== asked.kind || present.stem !== asked.stem) return null
  const now = kindOf(asked).asAsked(present, asked)
  // What hints cost and points are worth belongs to the rules under which somebody answered.
  return now && { ...now, hints: asked.hints, points: asked.points }
}

/** Whether the two mark any answer otherwise: told by all that is in them but the words of feedback. */
const marksOtherwise = (one: FrozenQuestion, other: FrozenQuestion): boolean =>
  essence(one) !== essence(other)

const spoken = new Set([
  'feedback',
  'otherwise',
  'coaching',
  'says',
  'then',
  'hints',
  'tags',
  'difficulty',
  'stem',
])

const essence = (question: FrozenQuestion): string =>
  JSON.stringify(question, (key, value: unknown) => {
    if (spoken.has(key)) return undefined
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
    return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  })
