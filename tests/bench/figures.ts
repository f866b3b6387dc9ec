/** Says how far the benchmark is. */
export function say(...words: unknown[]): void {
  console.log(...words)
}

/** One line of the result: what was measured, how much it was, and what it may be. */
export function figure(what: string, measured: string, budget = ''): void {
  console.log(`${what.padEnd(62)} ${measured.padStart(28)}   ${budget}`)
}

/** Runs `work` so many times, one after another. In milliseconds. */
export async function times(
  count: number,
  work: (n: number) => Promise<unknown>,
): Promise<{ median: number; p95: number }> {
  const taken: number[] = []
  for (let n = 0; n < count; n++) taken.push(await timed(() => work(n)))
  return { median: median(taken), p95: percentile(taken, 0.95) }
}

/**
 * Runs two works in turns, and either may be first, so that whatever else the machine does at the time falls on both
 * alike: a collector that comes at every hundredth page would always meet the same one. Only some pages meet the
 * collector, so that a percentile needs all the pairs together: of a hundred at a time, luck decides it.
 * @returns how much longer the second takes than the first, at the median and the 95th percentile, and its p95 in ms
 */
export async function against(
  pairs: number,
  first: (n: number) => Promise<unknown>,
  second: (n: number) => Promise<unknown>,
): Promise<{ median: number; p95: number; ms: number }> {
  const [one, other]: [number[], number[]] = [[], []]
  for (let n = 0; n < pairs; n++) {
    const pair = [
      async () => one.push(await timed(() => first(n))),
      async () => other.push(await timed(() => second(n))),
    ]
    for (const work of Math.random() < 0.5 ? pair : pair.toReversed()) await work()
  }
  const ms = percentile(other, 0.95)
  return { median: median(other) / median(one), p95: ms / percentile(one, 0.95), ms }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

export function percentile(numbers: number[], part: number): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor((numbers.length - 1) * part)] ?? NaN
}

export const median = (numbers: number[]): number => percentile(numbers, 0.5)
