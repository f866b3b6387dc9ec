import { z } from 'zod'

const id = '[1-9]\\d{0,14}'
const board = `(?:community|${id})`

/** What a draft can be for, each by the thing that its words are about: another thing is another draft. */
const names = {
  reflection: '[a-z0-9-]{1,90}/[a-z0-9-]{1,90}',
  reply: id,
  /** A post and the revision that the words are written on. */
  edit: `${id}:${id}`,
  /** A marking. */
  grade: id,
  'to-change': id,
  /** A result. */
  appeal: id,
  topic: board,
  'topic-title': board,
} as const

export type DraftName = `${keyof typeof names}:${string}`

const pattern = new RegExp(
  `^(?:${Object.entries(names)
    .map(([kind, about]) => `${kind}:${about}`)
    .join('|')})$`,
)

/** The name of a draft: what it is for. */
export const draftName = z
  .string()
  .max(200)
  .regex(pattern)
  .transform(name => name as DraftName)

/** How many characters of a draft are kept: as many as the longest post has. */
export const longestDraft = 10_000
