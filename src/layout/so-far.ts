/** How far somebody is: never less than nothing, never more than all of it. */
export type SoFar = {
  readonly have: number
  readonly need: number
  /** From 0 to 1. */
  readonly share: number
  /** With what it counts: "3 of 8 modules". */
  readonly words: string
}

/** Progress as every page shows it, from counts that may have come apart as what is counted came and went. */
export function soFar(counted: number, goal: number, noun = ''): SoFar {
  const need = Number.isFinite(goal) ? Math.max(0, Math.floor(goal)) : 0
  const have = Number.isNaN(counted) ? 0 : Math.min(Math.max(0, Math.floor(counted)), need)
  return {
    ...{ have, need, share: need === 0 ? 1 : have / need },
    words: `${grouped(have)} of ${grouped(need)}${noun ? ` ${noun}` : ''}`,
  }
}

const grouped = (count: number) => count.toLocaleString('en-GB')
