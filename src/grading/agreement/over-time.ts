const day = 24 * 60 * 60_000

/** What was marked in the days up to a moment. */
export interface Window<T> {
  until: Date
  things: T[]
}

export interface Windows {
  /** How many there are. */
  count: number
  /** Days from one to the next. */
  step: number
  /** Days that each looks back on. More than `step`, so that the line does not jump with every single mark. */
  width: number
}

/**
 * A year by months, each with the three months that lead up to it: at a share of one in seven marked twice, a mentor
 * with three reflections a week has some ten in a quarter, which is what an interval takes.
 */
export const monthly: Windows = { count: 12, step: 30, width: 90 }

/** Rolling windows over what was marked, the last of them ending now. */
export const rolling = <T extends { at: Date }>(
  things: readonly T[],
  now: Date,
  { count, step, width }: Windows = monthly,
): Window<T>[] =>
  Array.from({ length: count }, (_, n) => {
    const until = now.getTime() - (count - 1 - n) * step * day
    const from = until - width * day
    const within = ({ at }: T) => at.getTime() > from && at.getTime() <= until
    return { until: new Date(until), things: things.filter(within) }
  })
