import { z } from 'zod'
import { line, namedApart, slug } from '../authoring/text.ts'

const itemSchema = z.strictObject({
  id: slug.describe('a short name that stays when the wording changes'),
  text: line(200).describe('what somebody who watches can see, in one sentence'),
  must: z.boolean().default(false).describe('true where a “not yet” keeps the session from passing'),
})

/** `content/checklists/<checklist>.yaml`. */
export const checklistSchema = z
  .strictObject({
    title: line(80).describe('what is assessed, such as `Leading a practice session`'),
    summary: line(240).describe('how it goes, in one sentence for whoever is assessed'),
    assessors: z.array(slug).min(1).max(10).describe('the badges whose holders may assess, by their files'),
    items: z.array(itemSchema).min(1).max(30).superRefine(namedApart).describe('what is looked at'),
    enough: z.int().min(1).max(30).describe('how many have to be seen for it to pass'),
  })
  .refine(({ items, enough }) => enough <= items.length, {
    error: 'asks for more than there are\nLower `enough`, or add to `items`.',
    path: ['enough'],
  })

export type ChecklistItem = z.output<typeof itemSchema>

/** What an experienced leader looks at when they watch somebody lead a practice session. */
export type Checklist = { readonly id: string } & Readonly<z.output<typeof checklistSchema>>

/** What an assessor says of an item: it was there, it was not there yet, or there was no occasion for it. */
export const marks = ['seen', 'not-yet', 'no-occasion'] as const
export type Mark = (typeof marks)[number]

/** Whether a session passes: enough was seen, and nothing that is a must was missing where there was occasion for it. */
export const passes = (
  { items, enough }: Pick<Checklist, 'items' | 'enough'>,
  given: Readonly<Record<string, Mark>>,
): boolean =>
  items.every(({ id, must }) => !must || given[id] !== 'not-yet') &&
  items.filter(({ id }) => given[id] === 'seen').length >= enough
