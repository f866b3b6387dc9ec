import { z } from 'zod'

/** Something that can be seen and pressed: not spaces and signs without width alone. */
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u

/** One line that people choose by: a topic's title, an answer of a poll. Line breaks become spaces. */
const shortLine = (most: number) =>
  z
    .string()
    .transform(text => text.replaceAll(/\s+/g, ' ').trim())
    .pipe(z.string().min(1).max(most).regex(visible, 'Please write some words.'))

export const longest = { title: 120, option: 120, line: 200 } as const

export const titleRule = shortLine(longest.title)
export const optionRule = shortLine(longest.option)

/** What somebody says of their day in one line, or nothing. */
export const lineRule = z.union([z.string().trim().max(0), shortLine(longest.line)]).default('')
