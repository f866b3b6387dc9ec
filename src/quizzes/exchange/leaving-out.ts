/** What an export made: the text, how many questions stand in it, and what the format can't carry. */
export type Written = {
  readonly text: string
  readonly written: number
  readonly leftOut: readonly LeftOutCount[]
}

/** `of` how many questions something was left out, or the questions themselves. */
export type LeftOutCount = { readonly what: string; readonly count: number; readonly questions: boolean }

class Cannot extends Error {}

/** Counts what a format has no place for. */
export class LeftOut {
  /** Thrown where a whole question can't be said. */
  static readonly Cannot = Cannot
  readonly #parts = new Map<string, number>()
  readonly #questions = new Map<string, number>()

  part(what: string, isThere: boolean): void {
    if (isThere) this.#parts.set(what, (this.#parts.get(what) ?? 0) + 1)
  }

  /** What `write` makes of the question; nothing, and counted, where the format can't say it. */
  whole<T>(write: () => T): T[] {
    const before = new Map(this.#parts)
    try {
      return [write()]
    } catch (error) {
      if (!(error instanceof Cannot)) throw error
      this.#questions.set(error.message, (this.#questions.get(error.message) ?? 0) + 1)
      this.#parts.clear()
      for (const [what, count] of before) this.#parts.set(what, count)
      return []
    }
  }

  counts(): LeftOutCount[] {
    const listed = (counts: ReadonlyMap<string, number>, questions: boolean) =>
      [...counts].map(([what, count]) => ({ what, count, questions }))
    return [...listed(this.#questions, true), ...listed(this.#parts, false)]
  }
}
