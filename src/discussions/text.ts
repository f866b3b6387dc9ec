import { z } from 'zod'

const longest = { reflection: 10_000, opening: 10_000, reply: 5_000 } as const

/** How many characters a post may have, by kind. */
export const limitOf = (kind: keyof typeof longest): number => longest[kind]

/** A post's words: something, and not too much of it. Spaces at the ends are kept out of the count. */
export const wordsOf = (kind: keyof typeof longest) => z.string().trim().min(1).max(longest[kind])

/** Why somebody who looks after a place did something there; its author reads it, and the audit log keeps it. */
export const reasonRule = z
  .string()
  .trim()
  .min(1, 'Please say why in a few words: whoever wrote it reads them.')
  .max(500)
