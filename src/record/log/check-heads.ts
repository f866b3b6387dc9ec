import { Broken } from './check-entries.ts'
import { GrowingTree, type Node } from './growing-tree.ts'
import type { Hash } from './hashing.ts'
import { type Head, openHead } from './head.ts'
import { keyInWords, type VerifierKey } from './note.ts'

/** The tree over the entries, and every signed head set against it when it has grown to that size. */
export class Heads {
  readonly #tree = new GrowingTree()
  readonly #keys: readonly VerifierKey[]
  readonly #held: Head | undefined
  /** The keys that signed, in the order in which they first did. */
  readonly used = new Set<string>()
  /** How many heads there were, and the last of them. */
  count = 0
  latest: Head | undefined

  /**
   * @param keys those that may have signed
   * @param held a head that was noted down elsewhere, which the record must extend
   */
  constructor(keys: readonly VerifierKey[], held?: Head) {
    this.#keys = keys
    this.#held = held
  }

  /** Adds an entry's leaf. @returns the nodes that are complete by it @throws Broken */
  grow(leaf: Hash): Node[] {
    const nodes = this.#tree.append(leaf)
    if (this.#tree.size === this.#held?.size && !this.#tree.root().equals(this.#held.root))
      throw new Broken(
        `This record is a fork: its first ${this.#held.size} entries are not those that were signed in the head that you hold.`,
        { head: this.#held.size },
      )
    return nodes
  }

  /** Takes a signed head of all entries so far. @throws Broken */
  take(note: string): Head {
    const { size } = this.#tree
    const opened = openHead(note, this.#keys)
    if ('problem' in opened) throw new Broken(opened.problem, { head: size })
    const { head, key } = opened
    if (head.size !== size)
      throw new Broken(`It covers ${head.size} entries, and stands after entry ${size}.`, { head: head.size })
    if (!head.root.equals(this.#tree.root())) throw new Broken(this.#otherThanSigned(), { head: size })
    this.used.add(keyInWords(key))
    this.count++
    return (this.latest = head)
  }

  #otherThanSigned(): string {
    const from = (this.latest?.size ?? 0) + 1
    const { size } = this.#tree
    const which = from >= size ? `entry ${size}` : `an entry from ${from} to ${size}`
    return `The entries are not those that were signed: ${which} was changed, added or taken away since.`
  }

  /** The tree of all entries. */
  get root(): Hash {
    return this.#tree.root()
  }

  /** @throws Broken where the record ends before the head that was noted down */
  end(): void {
    if (this.#held && this.#tree.size < this.#held.size)
      throw new Broken(
        `It ends with entry ${this.#tree.size}. The head that you hold covers ${this.#held.size}: entries were taken off the end, or this is an older copy.`,
        { head: this.#held.size },
      )
  }
}
