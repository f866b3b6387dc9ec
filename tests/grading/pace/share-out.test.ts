import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pairOf, shareOut, type Taker } from '../../../src/grading/pace/share-out.ts'

const taker = (id: number, some: Partial<Taker> = {}): Taker => ({
  id,
  takesOn: 20,
  load: 0,
  room: 5,
  ...some,
})
const waiting = (count: number, cohortId = 1) =>
  Array.from({ length: count }, (_, n) => ({ id: n + 1, cohortId }))
const everywhere = (takers: readonly Taker[]) => new Map([[1, takers.map(({ id }) => id)]])
const none = new Set<string>()

test('the oldest goes out first, and each mentor gets their turn', () => {
  const takers = [taker(1), taker(2)]
  expect(shareOut(waiting(3), takers, everywhere(takers), none)).toEqual([
    { marking: 1, mentor: 1 },
    { marking: 2, mentor: 2 },
    { marking: 3, mentor: 1 },
  ])
})

test('who takes on twice as much is handed twice as much', () => {
  const takers = [taker(1, { takesOn: 10, room: 50 }), taker(2, { takesOn: 20, room: 50 })]
  const shares = shareOut(waiting(30), takers, everywhere(takers), none)
  expect(shares.filter(({ mentor }) => mentor === 2)).toHaveLength(20)
})

test('what nobody may mark, or in whose cohort nobody is, is left, and the rest goes on', () => {
  const takers = [taker(1)]
  const wanted = [{ id: 7, cohortId: 2 }, ...waiting(2)]
  expect(shareOut(wanted, takers, everywhere(takers), new Set([pairOf({ marking: 1, mentor: 1 })]))).toEqual([
    { marking: 2, mentor: 1 },
  ])
})

const takersOf = fc
  .array(fc.record({ load: fc.nat(30), room: fc.nat(5), takesOn: fc.integer({ min: 1, max: 100 }) }), {
    minLength: 1,
    maxLength: 12,
  })
  .map(all => all.map((one, index) => ({ ...one, id: index + 1 })))

test('whatever the loads, nobody gets more than they have room for or what is not theirs, and nothing goes out twice', () => {
  fc.assert(
    fc.property(takersOf, fc.nat(60), fc.array(fc.tuple(fc.nat(60), fc.nat(12))), (takers, count, pairs) => {
      const refused = new Set(pairs.map(([marking, mentor]) => pairOf({ marking, mentor })))
      const shares = shareOut(waiting(count), takers, everywhere(takers), refused)
      expect(new Set(shares.map(({ marking }) => marking)).size).toBe(shares.length)
      expect(shares.filter(share => refused.has(pairOf(share)))).toEqual([])
      for (const { id, room } of takers)
        expect(shares.filter(({ mentor }) => mentor === id).length).toBeLessThanOrEqual(room)
      expect(shareOut(waiting(count), takers, everywhere(takers), refused)).toEqual(shares)
    }),
  )
})

test('where all may mark everything and take on alike, nobody who got some has more than one above who had room left', () => {
  fc.assert(
    fc.property(takersOf, fc.nat(60), (all, count) => {
      const takers = all.map(one => ({ ...one, takesOn: 20 }))
      const shares = shareOut(waiting(count), takers, everywhere(takers), none)
      const got = (id: number) => shares.filter(({ mentor }) => mentor === id).length
      const after = takers.map(one => ({
        load: one.load + got(one.id),
        got: got(one.id),
        room: one.room - got(one.id),
      }))
      for (const one of after.filter(each => each.got > 0))
        for (const other of after.filter(each => each.room > 0))
          expect(one.load).toBeLessThanOrEqual(other.load + 1)
    }),
  )
})
