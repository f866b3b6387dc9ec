import { z } from 'zod'
import { line, namedApart, slug } from '../authoring/text.ts'

const reaction = z.strictObject({
  id: slug.describe('a short name that stays when the words change'),
  sign: line(8).describe('one emoji'),
  title: line(40).describe('what it says, in words'),
})

/** `content/discussions.yaml`: what people can choose while they talk with each other. */
export const discussionsSchema = z.strictObject({
  reactions: z
    .array(reaction)
    .min(1)
    .max(6)
    .superRefine(namedApart)
    .describe('how one can answer a post with one press'),
  'content-notes': z.array(line(80)).min(1).max(12).describe('what a post may touch on'),
  feelings: z.array(line(30)).min(3).max(7).describe('the answers to a check-in, the hardest first'),
})

export type Reaction = z.output<typeof reaction>

/** What people can choose while they talk with each other. */
export type DiscussionChoices = {
  readonly reactions: readonly Reaction[]
  readonly contentNotes: readonly string[]
  /** The hardest first. */
  readonly feelings: readonly string[]
}

/** What a checked file describes. */
export const asDiscussionChoices = ({
  reactions,
  feelings,
  'content-notes': contentNotes,
}: z.output<typeof discussionsSchema>): DiscussionChoices => ({ reactions, contentNotes, feelings })
