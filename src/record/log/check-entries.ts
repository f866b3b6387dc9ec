import { type Erasures } from './erasures.ts'
import { certificateDigest, digestOf, genesis, hashesOf, oldHashesOf, oldParts } from './entry.ts'
import type { AnyEntryLine, EntryLine } from './export.ts'
import type { Hash } from './hashing.ts'

/** Something is wrong with the record: with which entry or which head, where it is clear, and what. */
export class Broken extends Error {
  override name = 'Broken'
  readonly entry: number | null
  /** The size of the head. */
  readonly head: number | null
  constructor(
    problem: string,
    { entry = null, head = null }: { entry?: number | null; head?: number | null } = {},
  ) {
    super(problem)
    this.entry = entry
    this.head = head
  }
}

/** The chain of entries, checked one after another from the first. */
export class Chain {
  length = 0
  /** The hash of the last entry; null where it can't be shown, and only the tree binds it. */
  last: string | null = genesis
  readonly #erasures: Erasures | null

  /** @param erasures accounts for what is missing; null where nothing personal is there at all */
  constructor(erasures: Erasures | null) {
    this.#erasures = erasures
  }

  /**
   * Takes the next entry.
   * @returns its leaf in the tree
   * @throws Broken
   */
  take(line: AnyEntryLine): Hash {
    const seq = 'entry' in line ? line.entry.seq : line.seq
    const wrong = (problem: string) => new Broken(problem, { entry: seq })
    if (seq !== this.length + 1)
      throw new Broken(`Entry ${this.length + 1} is missing: entry ${seq} stands in its place.`, {
        entry: this.length + 1,
      })
    const { leaf, hash } = hashesOfLine(line)
    if ('entry' in line && hash !== line.hash)
      throw wrong('What it says is not what was written: its hash does not fit.')
    if ('leaf' in line && leaf.toString('hex') !== line.leaf)
      throw wrong('What it says is not what was written: its leaf in the tree does not fit.')
    if ('entry' in line && this.last !== null && line.entry.previousHash !== this.last)
      throw wrong(
        seq === 1
          ? 'It is the first, and says that another one stood before it.'
          : `It does not follow from entry ${seq - 1}: one of the two was changed.`,
      )
    const problem = this.#personal(line)
    if (problem) throw wrong(problem)
    this.length = seq
    this.last = hash
    return leaf
  }

  /** What is wrong with what an entry says of people. */
  #personal(line: AnyEntryLine): string | undefined {
    if (!this.#erasures) {
      const told = 'entry' in line && ('leaf' in line || 'code' in line || 'disclosures' in line)
      return told ? 'It says what is personal, in an export that is to be public.' : undefined
    }
    if (!('entry' in line)) this.#erasures.anyMissing(line.seq, oldParts)
    else if (!('leaf' in line)) return this.#disclosed(line, this.#erasures)
    return undefined
  }

  #disclosed({ entry, code, disclosures = {} }: EntryLine, erasures: Erasures): string | undefined {
    if ((code === undefined ? null : certificateDigest(code)) !== entry.certificate)
      return 'The code of its certificate is not the one that was written.'
    for (const [name, disclosure] of Object.entries(disclosures))
      if (!Object.hasOwn(entry.commitments, name) || digestOf(name, disclosure) !== entry.commitments[name])
        return `What it says as “${name}” is not what was written: its digest does not fit.`
    for (const name of Object.keys(entry.commitments))
      if (!Object.hasOwn(disclosures, name)) erasures.missing(entry.seq, name)
    return entry.kind === 'erasure' ? erasures.take(entry.seq, disclosures.erased?.[1]) : undefined
  }
}

function hashesOfLine(line: AnyEntryLine): { leaf: Hash; hash: string | null } {
  if (!('entry' in line)) return { leaf: Buffer.from(line.leaf, 'hex'), hash: null }
  return 'leaf' in line ? oldHashesOf(line.entry) : hashesOf(line.entry)
}
