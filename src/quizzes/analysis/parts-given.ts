import type { FrozenQuestion } from '../marking.ts'
import { kindOf } from '../questions/question.ts'
import { plain } from '../questions/words.ts'
import { mean } from './mean.ts'
import type { Seen } from './seen.ts'

/** An answer that several people gave, and that was not right. */
export interface WrongAnswer {
  /** As most of them wrote it: never HTML. */
  given: string
  people: number
}

export interface PartGiven {
  /** Whether people type it, or choose from what is there. */
  typed: boolean
  /** Markdown, or a short name; null where there is one part alone. */
  label: string | null
  /** What is right, in words. */
  key: string
  /** The share of all who have it right. */
  right: number
  wrong: readonly WrongAnswer[]
}

export interface PartsGiven {
  as: 'parts'
  parts: readonly PartGiven[]
}

/** A wrong answer is shown once so many people gave it: from fewer it may be what one person would know again. */
export const fewestAlike = 3
/** At most so many wrong answers of a part are shown. */
const mostAnswers = 10

/** Part by part: gaps, pairs, places in an order, or the one answer: who has it right, and what the others gave. */
export function partsGiven(question: FrozenQuestion, seen: readonly Seen[]): PartsGiven {
  const shown = seen.map(one => ({ person: one.person, parts: partsOf(one) }))
  const now = kindOf(question).reviewed(question, [], true)
  const parts = now.as === 'parts' ? now.parts : []
  return {
    as: 'parts',
    parts: parts.map(({ label, key = '' }, index) => ({
      ...{ label, key, typed: isTyped(question, index) },
      right: mean(shown.map(({ parts }) => Number(parts[index]?.right ?? false))) ?? 0,
      wrong: commonest(
        shown.flatMap(({ person, parts }) => {
          const part = parts[index]
          return part?.given && !part.right && !part.some ? [{ person, given: part.given }] : []
        }),
      ),
    })),
  }
}

const isTyped = (question: FrozenQuestion, part: number): boolean =>
  question.kind === 'gaps'
    ? question.gaps[part]?.as === 'typed'
    : question.kind === 'text' || question.kind === 'number'

/** The parts of one answer, and whether something was earned though it is not all right. */
function partsOf({ question, answer }: Seen) {
  const reviewed = kindOf(question).reviewed(question, answer, false)
  if (reviewed.as !== 'parts') return []
  const some = reviewed.parts.length === 1 && kindOf(question).credit(question, answer) > 0
  return reviewed.parts.map(({ given, right }) => ({ given, right, some }))
}

/** Answers that are one, with who gave them and how often each was written how. */
interface Alike {
  people: Set<number>
  spellings: Map<string, number>
}

/** Answers that differ only in case, accents or spaces are one, shown as it was written most often. */
function commonest(answers: readonly { person: number; given: string }[]): WrongAnswer[] {
  const alike = new Map<string, Alike>()
  for (const { person, given } of answers) {
    const key = plain(given, { matchCase: false, matchAccents: false })
    const found: Alike = alike.get(key) ?? { people: new Set(), spellings: new Map() }
    found.people.add(person)
    found.spellings.set(given, (found.spellings.get(given) ?? 0) + 1)
    alike.set(key, found)
  }
  return [...alike.values()]
    .filter(({ people }) => people.size >= fewestAlike)
    .map(({ people, spellings }) => ({
      given: [...spellings].reduce((most, one) => (one[1] > most[1] ? one : most))[0],
      people: people.size,
    }))
    .sort((a, b) => b.people - a.people)
    .slice(0, mostAnswers)
}
