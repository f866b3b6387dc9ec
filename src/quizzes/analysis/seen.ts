import { answerTo, type FrozenQuestion, type Mark, mark } from '../marking.ts'
import type { Answer } from '../questions/kind.ts'
import type { Scored } from './correlation.ts'
import type { Try } from './tries.ts'

/** One question as one person met it: what they gave and earned, and how they did besides. */
export interface Seen extends Scored {
  person: number
  question: FrozenQuestion
  answer: Answer
  /** Points. */
  earned: number
  /** Null where it was not measured. */
  seconds: number | null
}

/** A try, marked by the key it was given with. */
export interface MarkedTry {
  seen: readonly Seen[]
  /** The share of its points that was earned. */
  total: number
  seconds: number
}

export function marked({ person, questions, answers, hints, spent, seconds }: Try): MarkedTry {
  const marks = questions.map(question => markOnce(question, answerTo(question.id, answers), hints))
  const score = marks.reduce((sum, { earned }) => sum + earned, 0)
  const outOf = marks.reduce((sum, { points }) => sum + points, 0)
  const total = outOf > 0 ? score / outOf : 0
  const seen = questions.map((question, index): Seen => {
    const { earned, points } = marks[index]!
    return {
      ...{ person, question, earned, total, answer: answerTo(question.id, answers) },
      share: points > 0 ? earned / points : 0,
      rest: outOf > points ? (score - earned) / (outOf - points) : null,
      seconds: Object.hasOwn(spent, question.id) ? (spent[question.id] ?? null) : null,
    }
  })
  return { seen, total, seconds }
}

/** Thousands give the same few answers to the same question: each is marked once. */
const markedBefore = new WeakMap<FrozenQuestion, Map<string, Mark>>()

function markOnce(question: FrozenQuestion, answer: Answer, hints: Try['hints']): Mark {
  const { id } = question
  const shown = Object.hasOwn(hints, id) ? (hints[id] ?? 0) : 0
  const known = markedBefore.get(question) ?? new Map<string, Mark>()
  markedBefore.set(question, known)
  const key = `${shown}\n${answer.join('\n')}`
  let found = known.get(key)
  if (!found) {
    found = mark([question], { [id]: answer }, hints).marks[0]!
    known.set(key, found)
  }
  return found
}
