import { z } from 'zod'
import { evidenceKindId } from './evidence-kind.ts'
import { dayRule, minutesRule, ownSources } from './evidence-rules.ts'

/** Text that PostgreSQL can hold and people can read: no control characters, no half of a character. */
const text = (max: number) =>
  z
    .string()
    .max(max)
    .refine(words => words.isWellFormed() && !/\p{Cc}/u.test(words), 'has characters that are not text')

/** One counted fact, as the community's platform sends it. */
export const batchItem = z
  .object({
    person: text(60)
      .min(1)
      .meta({ description: 'The handle of the person, with or without @.', examples: ['@hope'] }),
    kind: evidenceKindId.max(60).meta({
      description: 'A kind of evidence that the community’s content knows.',
      examples: ['group_chat', 'positive_review'],
    }),
    source: text(60)
      .min(1)
      .refine(name => !ownSources.includes(name), 'is reserved: give the name of your platform')
      .meta({
        description: `The name that the platform gives itself. ${ownSources.map(name => `\`${name}\``).join(' and ')} are reserved.`,
        examples: ['chat'],
      }),
    externalId: text(200)
      .min(1)
      .meta({
        description: 'What the platform calls this fact. With `source` it is known again.',
        examples: ['room-7/2026-03-31'],
      }),
    occurredOn: dayRule.meta({
      description: 'The day (UTC) it happened, not in the future.',
      examples: ['2026-03-31'],
    }),
    count: z.int().min(1).max(1000).default(1).meta({ description: 'How many it counts for.' }),
    place: text(120).default('').meta({ description: 'Where it was, such as a room.' }),
    role: text(30)
      .default('')
      .meta({ description: 'The part they played, where the kind knows parts.', examples: ['moderated'] }),
    supervisor: text(60)
      .min(1)
      .optional()
      .meta({
        description: 'The handle of whoever stood by, where hours of this kind are counted; with `minutes`.',
        examples: ['@maple'],
      }),
    minutes: minutesRule.optional().meta({ description: 'How long it took; with `supervisor`.' }),
  })
  .refine(({ supervisor, minutes }) => (supervisor === undefined) === (minutes === undefined), {
    error: 'supervisor and minutes come together',
  })
  .meta({ description: 'One counted fact from practice.' })
export type BatchItem = z.output<typeof batchItem>

/** A batch as it is taken in: each item is looked at by itself, so that a bad one does not stop the good ones. */
export const batchInput = z.object({ items: z.array(z.unknown()).min(1).max(1000) })

/** A batch as it is meant to be sent. */
export const batchShape = z
  .object({ items: z.array(batchItem).min(1).max(1000) })
  .meta({ description: 'Up to 1,000 facts, in any order.' })

export const itemAnswer = z.object({
  index: z.int().min(0).meta({ description: 'The item’s place in the batch, from 0.' }),
  externalId: z.string().nullable().meta({ description: 'As it was sent; null where there was none.' }),
  status: z.enum(['accepted', 'known', 'refused']),
  reason: z.string().optional().meta({ description: 'Why it was refused.' }),
})
export type ItemAnswer = z.output<typeof itemAnswer>

export const batchAnswer = z
  .object({ accepted: z.int(), known: z.int(), refused: z.int(), items: z.array(itemAnswer) })
  .meta({
    description: 'What became of each item. `known` was received before, and is not counted again.',
  })
export type BatchAnswer = z.output<typeof batchAnswer>
