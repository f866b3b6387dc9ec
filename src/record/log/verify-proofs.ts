import { type Hash, nodeHash } from './hashing.ts'

/** Where one stands on the way up: a node of the tree, and the last node of the same level. Both are counted from 0. */
class Climb {
  node: number
  last: number
  constructor(node: number, last: number) {
    this.node = node
    this.last = last
  }
  isRight(): boolean {
    return this.node % 2 === 1
  }
  up(): void {
    this.node = Math.floor(this.node / 2)
    this.last = Math.floor(this.last / 2)
  }
  /** Past the levels on which a node at the edge has no sibling. */
  upWhileAlone(): void {
    while (!this.isRight() && this.node !== 0) this.up()
  }
}

const isSize = (...numbers: number[]) => numbers.every(number => Number.isSafeInteger(number) && number >= 0)

/** Whether `path` proves that `leaf` has this index in the tree of `size` under `root` (RFC 9162, 2.1.3.2). */
export function provesInclusion(
  { index, size, leaf, root }: { index: number; size: number; leaf: Hash; root: Hash },
  path: readonly Hash[],
): boolean {
  if (!isSize(index, size) || index >= size || leaf.length !== 32) return false
  const climb = new Climb(index, size - 1)
  let hash = leaf
  for (const sibling of path) {
    if (climb.last === 0) return false
    if (climb.isRight() || climb.node === climb.last) {
      hash = nodeHash(sibling, hash)
      climb.upWhileAlone()
    } else hash = nodeHash(hash, sibling)
    climb.up()
  }
  return climb.last === 0 && hash.equals(root)
}

/**
 * Whether `path` proves that the tree of `to` leaves begins with the one of `from`, which nobody changed therefore
 * (RFC 9162, 2.1.4.2). Nothing can be proved of an empty tree.
 */
export function provesConsistency(
  { from, to, fromRoot, toRoot }: { from: number; to: number; fromRoot: Hash; toRoot: Hash },
  path: readonly Hash[],
): boolean {
  if (!isSize(from, to) || from < 1 || from > to) return false
  if (from === to) return path.length === 0 && fromRoot.equals(toRoot)
  const climb = new Climb(from - 1, to - 1)
  while (climb.isRight()) climb.up()
  // A complete tree is a node of the larger one, and who checks has it already.
  const hashes = climb.node === 0 ? [fromRoot, ...path] : path
  const start = hashes.at(0)
  if (!start) return false

  let [before, after] = [start, start]
  for (const sibling of hashes.slice(1)) {
    if (climb.last === 0) return false
    if (climb.isRight() || climb.node === climb.last) {
      before = nodeHash(sibling, before)
      after = nodeHash(sibling, after)
      climb.upWhileAlone()
    } else after = nodeHash(after, sibling)
    climb.up()
  }
  return climb.last === 0 && before.equals(fromRoot) && after.equals(toRoot)
}
