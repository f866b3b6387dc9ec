import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldMarks, type Marks, noteSeen } from '../../src/following/marks.ts'
import { isUnread } from '../../src/following/unread.ts'

const viewer = 1
type Post = { id: number; author: { id: number }; visible: boolean; removed: null }

/** What happens to a discussion and to one reader of it, one thing after another. */
const happening = fc.oneof(
  fc.record({
    kind: fc.constant('posted' as const),
    gap: fc.integer({ min: 1, max: 5 }),
    own: fc.boolean(),
    visible: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('seen' as const),
    which: fc.array(fc.nat({ max: 60 }), { maxLength: 8 }),
  }),
)

type Happening = typeof happening extends fc.Arbitrary<infer One> ? One : never

/** Plays it through the marks and, beside them, through a plain set of what was read. */
function play(happenings: readonly Happening[], most: number) {
  const posts: Post[] = []
  const read = new Set<number>()
  let marks: Marks = { readTo: 0, readBeyond: [] }
  const unread = (post: Post) => post.visible && isUnread(post, marks, viewer)
  for (const one of happenings) {
    const before = marks
    if (one.kind === 'posted') {
      const id = (posts.at(-1)?.id ?? 0) + one.gap
      posts.push({ id, author: { id: one.own ? viewer : 2 }, visible: one.visible, removed: null })
    } else {
      const visible = posts.filter(post => post.visible)
      const seen = one.which.flatMap(index => visible[index]?.id ?? [])
      for (const id of seen) read.add(id)
      marks = noteSeen(marks, seen, most)
      marks = foldMarks(marks, posts.find(unread)?.id ?? null, posts.at(-1)?.id ?? 0)
    }
    expect(marks.readTo).toBeGreaterThanOrEqual(before.readTo)
    expect(marks.readBeyond.length).toBeLessThanOrEqual(most)
    expect(marks.readBeyond.every(id => id > marks.readTo)).toBe(true)
  }
  const ofOthers = posts.filter(post => post.visible && post.author.id !== viewer)
  return {
    unread: ofOthers.filter(unread).map(({ id }) => id),
    expected: ofOthers.filter(({ id }) => !read.has(id)).map(({ id }) => id),
    marks,
  }
}

test('whatever order posts come and are read in, those are new that were not read', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 60 }), happenings => {
      const { unread, expected } = play(happenings, 500)
      expect(unread).toEqual(expected)
    }),
    { numRuns: 500 },
  )
})

test('with more gaps than are kept, the oldest are given up, and nothing that was read is ever new again', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 60 }), happenings => {
      const { unread, expected } = play(happenings, 2)
      expect(expected.slice(expected.length - unread.length)).toEqual(unread)
    }),
    { numRuns: 500 },
  )
})

test('to who has never looked in, nothing is new; one’s own posts and removed ones never are', () => {
  const post = { id: 5, author: { id: 2 }, removed: null }
  const following = { readTo: 4, readBeyond: [] }
  expect(isUnread(post, following, viewer)).toBe(true)
  expect(isUnread(post, { readTo: null, readBeyond: [] }, viewer)).toBe(false)
  expect(isUnread({ ...post, author: { id: viewer } }, following, viewer)).toBe(false)
  expect(isUnread({ ...post, removed: 'deleted' }, following, viewer)).toBe(false)
  expect(isUnread(post, { readTo: 4, readBeyond: [5] }, viewer)).toBe(false)
})
