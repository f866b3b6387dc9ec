import type { Emblem, Tint } from './badge.ts'
import { leaf } from './emblems.ts'

/** One badge of the path, as one person stands to it. */
export interface PathStep {
  badge: string
  title: string
  emblem: Emblem
  tint: Tint
  state: 'held' | 'near' | 'far' | 'lapsed'
  href: string
  /** The badges it stands on. */
  after: readonly string[]
  progress: { have: number; need: number }
}

/** A badge at its crossing of the slats. */
interface Crossing {
  step: PathStep
  x: number
  y: number
}

/** A shoot from one crossing, or from the ground, to another. `leaves` are drawn where it has grown. */
interface Shoot {
  state: PathStep['state']
  path: string
  leaves: string
}

/** A path drawn as a trellis: all lengths in the units of its own view box. */
export interface Trellis {
  width: number
  height: number
  slats: string
  crossings: Crossing[]
  shoots: Shoot[]
}

/** Half the diagonal of the lattice's cells: crossings lie on its even multiples, and badges on crossings. */
const cell = 20
const foot = 50

/** The path across a wide page: a storey for each rank, the badge that most others stand on in the middle of its own. */
export function wideTrellis(steps: readonly PathStep[]): Trellis {
  const width = 960
  const storey = 8 * cell
  const storeys = inStoreys(steps)
  const height = storeys.length * storey + 2 * cell + foot
  const crossings = storeys.flatMap((rank, index) =>
    abreast(rank.length, width).map((x, place) => ({
      step: rank[place] as PathStep,
      x,
      y: height - foot - 6 * cell - index * storey,
    })),
  )
  return trellis(crossings, width, height, { left: 0, right: width })
}

/** The path on a phone: one badge above the other, from side to side of a narrow lattice, with room for words beside it. */
export function narrowTrellis(steps: readonly PathStep[]): Trellis {
  const width = 320
  const storey = 5 * cell
  const climbing = inStoreys(steps).flat()
  const height = climbing.length * storey + 2 * cell + foot
  const crossings = climbing.map((step, index) => ({
    step,
    x: index % 2 === 0 ? 2 * cell : 5 * cell,
    y: height - foot - 3 * cell - index * storey,
  }))
  return trellis(crossings, width, height, { left: 0, right: 7 * cell })
}

/** Words for how one stands to a badge; never what is missing. */
export function standingInWords({ state, progress: { have, need } }: PathStep): string {
  if (state === 'held') return 'Held'
  if (state === 'lapsed') return 'Lapsed'
  return need > 1 ? `${Math.min(have, need)} of ${need}` : have >= need ? 'Ready' : 'Not yet'
}

/** A title in lines of at most `length` characters, broken between words. */
export function inLines(title: string, length: number): string[] {
  return title.split(/\s+/).reduce<string[]>((lines, word) => {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= length) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
    return lines
  }, [])
}

/** Badges by the number of those beneath them, the most stood upon in the middle. */
function inStoreys(steps: readonly PathStep[]): PathStep[][] {
  const byBadge = new Map(steps.map(step => [step.badge, step]))
  const storeyOf = (step: PathStep, seen: readonly string[] = []): number =>
    Math.max(
      0,
      ...step.after.flatMap(badge => {
        const below = byBadge.get(badge)
        return below && !seen.includes(badge) ? [1 + storeyOf(below, [...seen, badge])] : []
      }),
    )
  const stoodUpon = (step: PathStep) => steps.filter(({ after }) => after.includes(step.badge)).length
  const storeys: PathStep[][] = []
  for (const step of steps) (storeys[storeyOf(step)] ??= []).push(step)
  return storeys.map(storey => fromTheMiddle(storey.toSorted((a, b) => stoodUpon(b) - stoodUpon(a))))
}

/** The first in the middle, the next to its right, the next to its left, and so on outwards. */
function fromTheMiddle<T>(things: readonly T[]): T[] {
  return things.reduce<T[]>((row, thing, index) => (index % 2 === 0 ? [thing, ...row] : [...row, thing]), [])
}

function abreast(count: number, width: number): number[] {
  const apart = Math.min(12 * cell, Math.floor(width / count / (2 * cell)) * 2 * cell)
  const first = width / 2 - ((count - 1) * apart) / 2
  return Array.from({ length: count }, (_, index) => first + index * apart)
}

function trellis(
  crossings: Crossing[],
  width: number,
  height: number,
  { left, right }: { left: number; right: number },
): Trellis {
  const ground = height - foot
  const placed = new Map(crossings.map(crossing => [crossing.step.badge, crossing]))
  const shoots = crossings.flatMap(crossing => {
    const below = crossing.step.after.flatMap(badge => placed.get(badge) ?? [])
    const from = below.length > 0 ? below : [{ x: (left + right) / 2, y: ground }]
    return from.map(start => shoot(start, crossing))
  })
  return { width, height, slats: slats(left, right, cell, ground), crossings, shoots: shoots.toSorted(grownLast) }
}

/** What has grown lies over what may yet grow. */
const grownLast = (a: Shoot, b: Shoot) => Number(a.state === 'held') - Number(b.state === 'held')

function shoot(from: { x: number; y: number }, to: Crossing): Shoot {
  const middle = (from.y + to.y) / 2
  const path = `M${from.x} ${from.y}C${from.x} ${middle} ${to.x} ${middle} ${to.x} ${to.y}`
  const leaves = to.step.state === 'held' ? [0.3, 0.5, 0.7].map((part, index) => leafAt(from, to, part, index)).join('') : ''
  return { state: to.step.state, path, leaves }
}

/** A leaf on the curve above, at `part` of its way, on its left and right in turn. */
function leafAt(from: { x: number; y: number }, to: { x: number; y: number }, part: number, index: number): string {
  const rest = 1 - part
  const early = rest ** 3 + 3 * rest ** 2 * part
  const x = from.x * early + to.x * (1 - early)
  const y = from.y * (rest ** 3 + 1.5 * rest ** 2 * part + 1.5 * rest * part ** 2) + to.y * (part ** 3 + 1.5 * rest ** 2 * part + 1.5 * rest * part ** 2)
  const side = index % 2 === 0 ? 1 : -1
  return leaf(x, y, x + side * 17, y - 13)
}

/** Both sets of slats between two posts, cut off where the panel ends. */
function slats(left: number, right: number, top: number, bottom: number): string {
  const lines: string[] = []
  const tall = bottom - top
  for (let start = left - tall; start < right; start += 2 * cell) {
    const enter = Math.max(left, start)
    const leave = Math.min(right, start + tall)
    if (enter >= leave) continue
    lines.push(`M${enter} ${top + enter - start}L${leave} ${top + leave - start}`)
    lines.push(`M${enter} ${bottom - enter + start}L${leave} ${bottom - leave + start}`)
  }
  return lines.join('')
}
