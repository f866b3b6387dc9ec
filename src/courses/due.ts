import { after } from '../authoring/duration.ts'
import { dueDayInWords } from '../layout/time.ts'
import type { Module } from './course.ts'
import type { Enrolment, OwnDays } from './progress.ts'
import { inLetters, type Step } from './steps.ts'

/** ISO days by which the cohort means to have written; null where there is no such day. They bar nobody. */
export type DueDays = { reflection: string | null; replies: string | null }

/**
 * The due days of a module for a cohort: the cohort's own where an admin has set them, else as long after its first
 * day as the module says. Who takes the course at their own pace has none.
 */
export function dueDays(
  { reflection }: Pick<Module, 'reflection'>,
  { selfPaced, startsOn }: Pick<Enrolment, 'selfPaced' | 'startsOn'>,
  own?: OwnDays,
): DueDays {
  if (!reflection || selfPaced) return { reflection: null, replies: null }
  const { due, replies } = reflection
  const from = (length: Parameters<typeof after>[1] | undefined) =>
    length && startsOn ? after(new Date(startsOn), length).toISOString().slice(0, 10) : null
  return {
    reflection: own?.reflection ?? from(due?.reflection),
    replies: replies > 0 ? (own?.replies ?? from(due?.replies)) : null,
  }
}

/** The day by which a step is due, if there is one: one reads in order to write. */
export function dayOf(step: Step, days: DueDays): string | null {
  if (step === 'read' || step === 'reflect') return days.reflection
  return step === 'reply' ? days.replies : null
}

/** By when to write one's reflection, and the replies that follow: for whoever has not written it. */
export function reflectionDue(days: DueDays, replies: number, today: string): string | null {
  if (days.reflection === null) return null
  const ahead = days.replies !== null && days.replies >= today ? days.replies : null
  if (days.reflection < today)
    return [wasMeant(days.reflection, today), ahead && repliesBy(replies, ahead, today)]
      .filter(Boolean)
      .join(' ')
  const then = ahead === null ? '' : `; ${manyReplies(replies)} ${by(ahead, today)}`
  return `Your reflection is due ${by(days.reflection, today)}${then}.`
}

/** By when to write replies to others: for whoever has written their reflection, and not yet all of them. */
export function repliesDue({ replies: day }: DueDays, replies: number, today: string): string | null {
  if (day === null) return null
  return day < today ? wasMeant(day, today, replies) : repliesBy(replies, day, today)
}

/** In a list of modules: by when the reflection is due. */
export function dueInList({ reflection: day }: DueDays, today: string): string | null {
  if (day === null) return null
  return day < today
    ? `Reflection meant for ${dueDayInWords(day, today)}`
    : `Reflection due ${by(day, today)}`
}

const wasMeant = (day: string, today: string, replies = 0) =>
  replies > 1
    ? `They were meant for ${dueDayInWords(day, today)}; they still count whenever you write them.`
    : `It was meant for ${dueDayInWords(day, today)}; it still counts whenever you ${replies === 1 ? 'write' : 'post'} it.`

function repliesBy(replies: number, day: string, today: string): string {
  const many = manyReplies(replies)
  return `${many[0]?.toUpperCase()}${many.slice(1)} to others ${replies === 1 ? 'is' : 'are'} due ${by(day, today)}.`
}

const manyReplies = (count: number) => `${inLetters(count)} ${count === 1 ? 'reply' : 'replies'}`

const by = (day: string, today: string) => {
  const words = dueDayInWords(day, today)
  return words === 'today' ? words : `by ${words}`
}
