/**
 * What is missing of entries, set against what the record says was erased: neither may be there without the other.
 * The entries of format 1 have no parts of their own, and are missing as a whole.
 */
export class Erasures {
  readonly #missing = new Map<string, number>()
  readonly #whole = new Map<number, readonly string[]>()
  readonly #erased = new Map<string, number>()

  /** Of how many entries something was erased. */
  get entries(): number {
    return new Set([...this.#missing.values(), ...this.#whole.keys()]).size
  }

  missing(seq: number, part: string): void {
    this.#missing.set(`${seq} ${part}`, seq)
  }

  /** The entry is missing, as it is when any of these parts was erased. */
  anyMissing(seq: number, parts: readonly string[]): void {
    this.#whole.set(seq, parts)
  }

  /** Takes an erasure. @returns what is wrong with it */
  take(seq: number, pairs: unknown): string | undefined {
    if (!isPairs(pairs)) return 'It is an erasure, and does not say of what.'
    for (const [of, part] of pairs) {
      if (of >= seq) return `It erases entry ${of}, which does not come before it.`
      this.#erased.set(`${of} ${part}`, of)
    }
    return undefined
  }

  /** The first entry where the two differ, once all entries have been seen. */
  firstDisagreement(): { entry: number; problem: string } | undefined {
    const found: { entry: number; problem: string }[] = []
    for (const [key, entry] of this.#missing)
      if (!this.#erased.has(key)) found.push({ entry, problem: unaccounted(key.split(' ')[1]!) })
    for (const [entry, parts] of this.#whole)
      if (!parts.some(part => this.#erased.has(`${entry} ${part}`)))
        found.push({ entry, problem: unaccounted('all that it said') })
    for (const [key, entry] of this.#erased)
      if (!this.#missing.has(key) && !this.#whole.has(entry))
        found.push({
          entry,
          problem: `The record says that “${key.split(' ')[1]!}” was erased, and it is there.`,
        })
    return found.toSorted((one, other) => one.entry - other.entry)[0]
  }
}

const unaccounted = (part: string) => `“${part}” is missing, and no erasure on the record accounts for it.`

const isPairs = (value: unknown): value is [number, string][] =>
  Array.isArray(value) &&
  value.every(
    (pair: unknown) =>
      Array.isArray(pair) &&
      pair.length === 2 &&
      Number.isSafeInteger(pair[0]) &&
      typeof pair[1] === 'string',
  )
