/** Where the next question is asked, of one quiz alone where somebody goes through it. */
export const nextAt = (within?: string): string =>
  `/recall/next${within ? `?${new URLSearchParams({ within })}` : ''}`

/** Where an answer is talked over. */
export const answeredAt = ({
  quiz,
  question,
  within,
}: {
  quiz: string
  question: string
  within?: string | undefined
}): string =>
  `/recall/next?${new URLSearchParams({ of: quiz, answered: question, ...(within && { within }) })}`
