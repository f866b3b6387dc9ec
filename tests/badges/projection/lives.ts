import { plusDays } from '../../../src/badges/day.ts'
import { type Deed, windowFor } from '../../../src/badges/projection/pace.ts'
import { projected } from '../../../src/badges/projection/projected.ts'
import type { Standing } from '../../../src/badges/standing.ts'
import { chance } from '../../../db/seed/demo/chance.ts'

/** How well projections foretold simulated lives, as shares of those of which something was told. */
export interface Hits {
  told: number
  within: number
  early: number
  late: number
  /** By how much of the time that it took the middle was off, at the median. */
  middle: number
}

const beginning = '2026-01-01'

/**
 * Lives in which somebody completes guides or goes to group chats: on some evenings, one or a few at a time, at a pace of
 * their own that for two in five of them changes by half or double at some time, with a fortnight off for one in three.
 * On a day in the midst of it what is told is held against what came.
 */
export function hits(lives: number): Hits {
  const random = chance(6)
  let [told, within, early, late] = [0, 0, 0, 0]
  const offs: number[] = []
  for (let life = 0; life < lives; life++) {
    const deeds = live(random)
    const need = random.between(5, 75)
    const now = random.between(10, 200)
    const had = countUntil(deeds, now)
    const metOn = deeds.findIndex((_, day) => countUntil(deeds, day) >= need)
    if (had >= need || metOn === -1) continue
    const between = projected(standing(had, need), paceOn(deeds, now), day(now))
    if (between === null) continue
    told++
    if (day(metOn) < between.from) early++
    else if (day(metOn) > between.by) late++
    else within++
    const [from, by] = [ahead(between.from, now), ahead(between.by, now)]
    offs.push(Math.abs((from + by) / 2 - (metOn - now)) / (metOn - now))
  }
  const middle = offs.toSorted((a, b) => a - b)[Math.floor(offs.length / 2)] ?? 0
  return { told, within: within / told, early: early / told, late: late / told, middle }
}

type Random = ReturnType<typeof chance>

const days = 1500

/** How many deeds there were on each day since the beginning. */
function live(random: Random): number[] {
  const evenings = random.between(8, 60)
  const atOnce = random.between(1, 3)
  const turn = random.percent(40) ? random.between(20, 300) : days
  const after = random.percent(50) ? evenings / 2 : evenings * 2
  const away = random.percent(33) ? random.between(20, 300) : days
  return Array.from({ length: days }, (_, today) => {
    if (today >= away && today < away + 14) return 0
    const is = random.percent(Math.min(95, today < turn ? evenings : after))
    return is ? random.between(1, atOnce) : 0
  })
}

const countUntil = (deeds: readonly number[], day: number) =>
  deeds.slice(0, day + 1).reduce((sum, count) => sum + count, 0)

const day = (number: number) => plusDays(beginning, number)
const ahead = (on: string, now: number) => (Date.parse(on) - Date.parse(day(now))) / (24 * 60 * 60_000)

const paceOn = (deeds: readonly number[], now: number) => {
  const window = windowFor(beginning, day(now))
  const some = deeds.flatMap((count, on): Deed[] =>
    count > 0 && on <= now && on > now - window ? [{ what: 'guide', of: `${on}`, on: day(on), count }] : [],
  )
  return { deeds: some, days: window }
}

const standing = (have: number, need: number): Standing => ({
  ...{ kind: 'guides-completed', label: 'guides', have, need, met: false },
  ...{ metOn: [], metFrom: null, metUntil: null },
})
