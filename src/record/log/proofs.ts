import type { Hash } from './hashing.ts'
import { type Place, peaksOf, rootOf } from './growing-tree.ts'

/** A part of a tree that one hash of a proof stands for: `count` leaves from `start` on. */
interface Part {
  start: number
  count: number
}

/** What a proof is made of: for each of its hashes the nodes that it is made of, the smallest first. */
export type ProofPlan = Place[][]

/**
 * Of which nodes the proof consists that leaf `index` is in the tree of `size` (RFC 9162, 2.1.3.1).
 * @param index from 0, smaller than `size`
 */
export const planInclusion = (index: number, size: number): ProofPlan =>
  pathTo(index, { start: 0, count: size }).map(nodesOf)

function pathTo(index: number, { start, count }: Part): Part[] {
  if (count === 1) return []
  const [left, right] = split({ start, count })
  return index < right.start ? [...pathTo(index, left), right] : [...pathTo(index, right), left]
}

/**
 * Of which nodes the proof consists that the tree of `to` leaves begins with the tree of `from` (RFC 9162, 2.1.4.1).
 * @param from at least 1, at most `to`
 */
export const planConsistency = (from: number, to: number): ProofPlan =>
  subproof(from, { start: 0, count: to }, true).map(nodesOf)

/** @param known whether who checks has the hash of this part already */
function subproof(size: number, part: Part, known: boolean): Part[] {
  if (size === part.count) return known ? [] : [part]
  const [left, right] = split(part)
  return size <= left.count
    ? [...subproof(size, left, known), right]
    : [...subproof(size - left.count, right, false), left]
}

/** Into the largest complete subtree and the rest. */
function split({ start, count }: Part): [Part, Part] {
  let left = 1
  while (left * 2 < count) left *= 2
  return [
    { start, count: left },
    { start: start + left, count: count - left },
  ]
}

/** The complete subtrees of a part. It begins where one of its size can, as every part of a proof does. */
const nodesOf = ({ start, count }: Part): Place[] =>
  peaksOf(count).map(({ level, index }) => ({ level, index: index + start / 2 ** level }))

/** The proof that was planned, from the hashes of its nodes. */
export const makeProof = (plan: ProofPlan, hashOf: (place: Place) => Hash): Hash[] =>
  plan.map(places => rootOf(places.map(hashOf)))
