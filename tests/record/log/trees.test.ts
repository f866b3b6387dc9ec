import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { GrowingTree, type Place } from '../../../src/record/log/growing-tree.ts'
import { emptyRoot, type Hash, leafHash, nodeHash } from '../../../src/record/log/hashing.ts'
import { makeProof, planConsistency, planInclusion } from '../../../src/record/log/proofs.ts'
import { provesConsistency, provesInclusion } from '../../../src/record/log/verify-proofs.ts'

/** A tree of so many leaves, with every node that it ever had, and its root at every size. */
function treeOf(size: number) {
  const tree = new GrowingTree()
  const nodes = new Map<string, Hash>()
  const roots = [tree.root()]
  for (let leaf = 0; leaf < size; leaf++) {
    for (const { level, index, hash } of tree.append(leafHash(`leaf ${leaf}`)))
      nodes.set(`${level} ${index}`, hash)
    roots.push(tree.root())
  }
  const hashOf = ({ level, index }: Place) => nodes.get(`${level} ${index}`)!
  return {
    ...{ size, roots, root: roots[size]!, nodes },
    leaf: (index: number) => nodes.get(`0 ${index}`)!,
    inclusion: (index: number, of = size) => makeProof(planInclusion(index, of), hashOf),
    consistency: (from: number, to = size) => makeProof(planConsistency(from, to), hashOf),
  }
}

/** The root as RFC 9162, 2.1.1, defines it, word for word. */
function defined(leaves: readonly Hash[]): Hash {
  if (leaves.length === 0) return emptyRoot
  if (leaves.length === 1) return leaves[0]!
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return nodeHash(defined(leaves.slice(0, k)), defined(leaves.slice(k)))
}

const large = treeOf(200)
const leaves = Array.from({ length: large.size }, (_, index) => large.leaf(index))

test('at every size from 0 to 200 the root is the one that RFC 9162 defines', () => {
  large.roots.forEach((root, size) => {
    expect(root.equals(defined(leaves.slice(0, size)))).toBe(true)
  })
})

test('a tree that goes on from the roots of its subtrees is the tree that it would have been', () => {
  for (const size of [0, 1, 2, 3, 7, 8, 100, 127, 128, 200]) {
    const peaks = makeProof([...planOfPeaks(size)], ({ level, index }) =>
      large.nodes.get(`${level} ${index}`)!,
    )
    const tree = new GrowingTree(size, peaks)
    expect(tree.root().equals(large.roots[size]!)).toBe(true)
    if (size === large.size) continue
    tree.append(leaves[size]!)
    expect(tree.root().equals(large.roots[size + 1]!)).toBe(true)
  }
})

/** Each complete subtree of a tree of `size`, by itself. */
function* planOfPeaks(size: number) {
  for (let level = 0; 2 ** level <= size; level++)
    if (Math.floor(size / 2 ** level) % 2 === 1) yield [{ level, index: Math.floor(size / 2 ** level) - 1 }]
}

// The leaves and roots by which implementations of RFC 6962 are tested everywhere: transparency-dev/merkle
// (testonly/constants.go), google/certificate-transparency-go (merkle/tree_test.go).
test('the tree of the reference implementation has its published roots', () => {
  const inputs = [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  ]
  const tree = new GrowingTree()
  expect(tree.root().toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  const roots = inputs.map(input => {
    tree.append(leafHash(Buffer.from(input, 'hex')))
    return tree.root().toString('hex')
  })
  expect(roots).toEqual([
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ])
})

describe('that an entry is in the record', () => {
  test('is proved for every entry at every size from 1 to 200', () => {
    for (let size = 1; size <= large.size; size++)
      for (let index = 0; index < size; index++) {
        const claim = { index, size, leaf: leaves[index]!, root: large.roots[size]! }
        const path = large.inclusion(index, size)
        expect(path.length).toBeLessThanOrEqual(Math.ceil(Math.log2(size)))
        if (!provesInclusion(claim, path)) expect.fail(`entry ${index} of ${size}`)
      }
  })

  test('is proved for no other entry, place, size or root, nor with another path', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.nat(),
        fc.nat({ max: 220 }),
        fc.nat({ max: 220 }),
        fc.nat(),
        (size, at, otherIndex, otherSize, bit) => {
          const index = at % size
          const claim = { index, size, leaf: leaves[index]!, root: large.roots[size]! }
          const path = large.inclusion(index, size)
          if (otherIndex !== index) {
            const leaf = leaves[otherIndex % 200]!
            if (otherIndex % 200 !== index) expect(provesInclusion({ ...claim, leaf }, path)).toBe(false)
            expect(provesInclusion({ ...claim, index: otherIndex }, path)).toBe(false)
          }
          if (otherSize !== size) {
            const root = large.roots[otherSize % 201]!
            if (otherSize % 201 !== size) expect(provesInclusion({ ...claim, root }, path)).toBe(false)
          }
          expect(provesInclusion(claim, [...path, leaves[0]!])).toBe(false)
          expect(provesInclusion(claim, [leaves[0]!, ...path])).toBe(false)
          if (path.length > 0) {
            expect(provesInclusion(claim, path.slice(1))).toBe(false)
            expect(provesInclusion(claim, path.slice(0, -1))).toBe(false)
            expect(provesInclusion(claim, flipped(path, bit))).toBe(false)
          }
        },
      ),
      { numRuns: 2000 },
    )
  })

  test('can’t be proved of nonsense', () => {
    const claim = { index: 3, size: 10, leaf: leaves[3]!, root: large.roots[10]! }
    const path = large.inclusion(3, 10)
    for (const nonsense of [-1, 0.5, NaN, Infinity, 2 ** 60, 10])
      expect(provesInclusion({ ...claim, index: nonsense }, path)).toBe(false)
    for (const nonsense of [-1, 0, 0.5, NaN, Infinity, 3])
      expect(provesInclusion({ ...claim, size: nonsense }, path)).toBe(false)
  })
})

describe('that nobody changed what stood before', () => {
  test('is proved for every pair of sizes from 1 to 200', () => {
    for (let to = 1; to <= large.size; to++)
      for (let from = 1; from <= to; from++) {
        const claim = { from, to, fromRoot: large.roots[from]!, toRoot: large.roots[to]! }
        if (!provesConsistency(claim, large.consistency(from, to))) expect.fail(`${from} to ${to}`)
      }
  })

  test('is proved for no other sizes or roots, nor with another path', () => {
    const size = fc.integer({ min: 1, max: 200 })
    fc.assert(
      fc.property(size, size, size, fc.nat(), (one, two, other, bit) => {
        const [from, to] = [Math.min(one, two), Math.max(one, two)]
        const claim = { from, to, fromRoot: large.roots[from]!, toRoot: large.roots[to]! }
        const path = large.consistency(from, to)
        if (other !== from)
          expect(provesConsistency({ ...claim, fromRoot: large.roots[other]! }, path)).toBe(false)
        if (other !== to)
          expect(provesConsistency({ ...claim, toRoot: large.roots[other]! }, path)).toBe(false)
        expect(provesConsistency(claim, [...path, leaves[0]!])).toBe(false)
        if (path.length > 0) {
          expect(provesConsistency(claim, path.slice(0, -1))).toBe(false)
          expect(provesConsistency(claim, path.slice(1))).toBe(false)
          expect(provesConsistency(claim, flipped(path, bit))).toBe(false)
        }
      }),
      { numRuns: 2000 },
    )
  })

  test('a history that was rewritten anywhere has no proof, whichever hashes of both trees one tries', () => {
    const forged = new GrowingTree()
    for (let leaf = 0; leaf < 200; leaf++) forged.append(leaf === 17 ? leafHash('forged') : leaves[leaf]!)
    for (let from = 18; from <= 200; from++) {
      const claim = { from, to: 200, fromRoot: large.roots[from]!, toRoot: forged.root() }
      expect(provesConsistency(claim, large.consistency(from, 200))).toBe(false)
    }
  })
})

test('a record of twenty thousand entries is proved in 15 hashes', () => {
  const tree = treeOf(20_003)
  const number = fc.nat({ max: tree.size - 1 })
  fc.assert(
    fc.property(number, number, (one, two) => {
      const [index, last] = [Math.min(one, two), Math.max(one, two)]
      const [from, to] = [index + 1, last + 1]
      const path = tree.inclusion(index, to)
      expect(path.length).toBeLessThanOrEqual(15)
      const claim = { index, size: to, leaf: tree.leaf(index), root: tree.roots[to]! }
      expect(provesInclusion(claim, path)).toBe(true)
      const consistent = { from, to, fromRoot: tree.roots[from]!, toRoot: tree.roots[to]! }
      expect(provesConsistency(consistent, tree.consistency(from, to))).toBe(true)
    }),
    { numRuns: 300 },
  )
})

/** The same path with one bit of it turned. */
function flipped(path: readonly Hash[], bit: number): Hash[] {
  const copy = path.map(hash => Buffer.from(hash))
  const at = bit % (copy.length * 256)
  copy[Math.floor(at / 256)]![Math.floor((at % 256) / 8)]! ^= 1 << (at % 8)
  return copy
}
