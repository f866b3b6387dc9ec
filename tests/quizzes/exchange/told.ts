import type { Reading } from '../../../src/quizzes/exchange/reading.ts'

export const noPictures = () => false

/** The questions that came in. */
export const drafts = ({ found }: Reading) => found.map(({ draft }) => draft)

/** What did not come in: on which line, and why. */
export const lines = ({ skipped }: Reading) => skipped.map(({ line, reason }) => [line, reason])

/** What of those that came in did not: by its name, and why. */
export const parts = ({ found }: Reading) =>
  found.flatMap(one => one.parts.map(({ reason }) => [one.name, reason]))

/** The line on which these words stand, from 1. */
export const lineOf = (text: string, words: string) => text.slice(0, text.indexOf(words)).split('\n').length
