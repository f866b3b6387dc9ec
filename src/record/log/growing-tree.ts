import { emptyRoot, type Hash, nodeHash } from './hashing.ts'

/** A complete subtree: node `index` of level k covers the 2^k leaves from `index` * 2^k on. Level 0 holds the leaves. */
export interface Place {
  level: number
  index: number
}

export interface Node extends Place {
  hash: Hash
}

/**
 * A Merkle tree (RFC 9162, 2.1) that is only ever added to. It keeps the roots of its complete subtrees and nothing
 * else: one for each bit that is set in its size.
 */
export class GrowingTree {
  size: number
  /** By level; none where the bit of the size is not set. */
  readonly #peaks: (Hash | undefined)[]

  /** Goes on from a tree of `size`, whose complete subtrees have these roots, the smallest first. */
  constructor(size = 0, peaks: readonly Hash[] = []) {
    this.size = size
    this.#peaks = []
    peaksOf(size).forEach(({ level }, nth) => (this.#peaks[level] = peaks[nth]!))
  }

  /** Adds a leaf. @returns the nodes that are complete by it, the leaf first */
  append(leaf: Hash): Node[] {
    const nodes: Node[] = [{ level: 0, index: this.size, hash: leaf }]
    let [level, index, hash] = [0, this.size, leaf]
    for (let left = this.#peaks[0]; left !== undefined; left = this.#peaks[level]) {
      this.#peaks[level] = undefined
      hash = nodeHash(left, hash)
      level++
      index = (index - 1) / 2
      nodes.push({ level, index, hash })
    }
    this.#peaks[level] = hash
    this.size++
    return nodes
  }

  root(): Hash {
    return rootOf(this.#peaks.filter(peak => peak !== undefined))
  }
}

/** The complete subtrees that a tree of `size` is made of, the smallest first. */
export function peaksOf(size: number): Place[] {
  const peaks: Place[] = []
  for (let level = 0, count = size; count > 0; level++, count = Math.floor(count / 2))
    if (count % 2 === 1) peaks.push({ level, index: count - 1 })
  return peaks
}

/** The root over the roots of complete subtrees, the smallest first. */
export const rootOf = (peaks: readonly Hash[]): Hash =>
  peaks.length === 0 ? emptyRoot : peaks.reduce((right, left) => nodeHash(left, right))
