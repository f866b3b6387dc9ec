/**
 * From how many people a figure says something; from fewer it is "too few to say".
 *
 * A share of 10 people lies within 31 points of that of all, in 19 samples of 20 (1.96 × √(¼ ÷ 10)): enough to tell
 * easy from hard. A correlation of 30 people has a standard error of 0.19 (1 ÷ √(30 − 1)): from fewer a good question,
 * which correlates at 0.3 or so, could as well be a useless one. And an option that one person in ten would pick is
 * picked by none of 30 in 4 samples of 100 (0.9³⁰) alone, so that "nobody picks it" can be said from then on.
 */
export const enough = { share: 10, correlation: 30 }

/** A figure, null where it cannot be had, with how many people it comes from. */
export interface Figure {
  value: number | null
  people: number
}

/** Whether a figure comes from enough people to be shown. */
export const tells = ({ value, people }: Figure, kind: keyof typeof enough): boolean =>
  value !== null && people >= enough[kind]
