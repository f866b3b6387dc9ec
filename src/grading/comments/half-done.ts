import { z } from 'zod'
import type { Rubric } from '../rubric.ts'
import { longestFeedback } from '../grade.ts'
import { deskHref } from '../desk/links.ts'
import type { DeskFilter } from '../queue.ts'

/**
 * A grade that is still being written: what its form says when another of its buttons was pressed. The words go into
 * drafts; what was chosen goes into the address, from where the form takes it up again.
 */
export const halfDoneInput = z.object({
  marking: z.coerce.number().int().min(1),
  levels: z.record(z.string().max(80), z.string().max(80)),
  feedback: z.string().max(longestFeedback).default(''),
  toChange: z.string().max(longestFeedback).default(''),
  corrects: z.literal('yes').optional(),
  hold: z.literal('yes').optional(),
  /** The field that a saved comment goes into, or comes from. */
  into: z.enum(['feedback', 'toChange']).default('feedback'),
})
export type HalfDone = z.output<typeof halfDoneInput>

/** The page of a marking with all that had been chosen there, at the field that was meant. */
export function halfDoneHref(filter: DeskFilter, { criteria }: Rubric, half: HalfDone): string {
  const address = new URL(deskHref(filter, half.marking), 'http://desk')
  for (const { id, levels } of criteria) {
    const chosen = levels.find(level => level.id === half.levels[id])
    if (chosen) address.searchParams.set(`levels.${id}`, chosen.id)
  }
  address.searchParams.set('hold', half.hold ?? 'no')
  if (half.corrects) address.searchParams.set('correct', 'yes')
  return `${address.pathname}${address.search}#grade-${half.into}`
}

/** What an address says was chosen already: criterion id to level id, and whether the answer is to be held where it says so. */
export function chosenIn(query: URLSearchParams) {
  const levels = [...query].flatMap(([name, level]) =>
    name.startsWith('levels.') ? [[name.slice('levels.'.length), level] as const] : [],
  )
  return {
    levels: Object.fromEntries(levels),
    hold: query.has('hold') ? query.get('hold') === 'yes' : undefined,
  }
}
