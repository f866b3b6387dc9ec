/** The name among `names` that `typed` most likely means, if any is close: at most a third of it mistyped. */
export function nearest(typed: string, names: Iterable<string>): string | undefined {
  let best: string | undefined
  let least = Math.max(1, Math.floor(typed.length / 3)) + 1
  for (const name of names) {
    const distance = edits(typed, name, least)
    if (distance < least) [best, least] = [name, distance]
  }
  return best
}

/** "Did you mean 'moderator'?", or what there is to choose from, or nothing when that is too much to list. */
export function didYouMean(typed: string, names: Iterable<string>): string | undefined {
  const close = nearest(typed, names)
  if (close) return `Did you mean '${close}'?`
  const all = [...names]
  return all.length > 0 && all.length <= 12 ? `There is ${list(all)}.` : undefined
}

/** `'a', 'b' and 'c'` */
export function list(names: readonly string[]): string {
  const quoted = names.map(name => `'${name}'`)
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}`
}

/** Levenshtein's distance between `a` and `b`, or `limit` when it is not below that. */
export function edits(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const swap = previous[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1)
      current.push(Math.min(swap, previous[column]! + 1, current[column - 1]! + 1))
    }
    if (Math.min(...current) >= limit) return limit
    previous = current
  }
  return previous[b.length]!
}
