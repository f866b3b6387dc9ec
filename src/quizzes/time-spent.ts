import { answerTo, type Answers } from './marking.ts'

/** Question id -> seconds spent on it so far, as far as that can be told. */
export type Spent = Readonly<Record<string, number>>

/** Who is away for longer has laid the quiz aside: in seconds. */
export const longestStretch = 600

/** What an open attempt says of the time until now. */
interface SoFar {
  readonly startedAt: Date
  /** When an answer last changed. */
  readonly savedAt: Date | null
  readonly spent: Spent
  readonly answers: Answers
}

/**
 * The time since answers last changed (or since the start), given to the questions whose answers change now, in equal
 * parts, ten minutes at most. The form saves at every click, so that is mostly one question. Where no answer changes,
 * the time runs on.
 * @returns what of the attempt is to be written with the answers
 */
export function timeSpent(
  { startedAt, savedAt, spent, answers: before }: SoFar,
  answers: Answers,
  now: Date,
): { spent?: Spent; savedAt?: Date } {
  const changed = [...new Set([...Object.keys(before), ...Object.keys(answers)])].filter(
    id => answerTo(id, before).join('\n') !== answerTo(id, answers).join('\n'),
  )
  if (changed.length === 0) return {}
  const seconds = Math.max(0, (now.getTime() - (savedAt ?? startedAt).getTime()) / 1000)
  const each = Math.min(seconds, longestStretch) / changed.length
  const given = changed.map(id => [id, tenths((Object.hasOwn(spent, id) ? spent[id]! : 0) + each)] as const)
  return { spent: { ...spent, ...Object.fromEntries(given) }, savedAt: now }
}

const tenths = (seconds: number) => Math.round(seconds * 10) / 10
