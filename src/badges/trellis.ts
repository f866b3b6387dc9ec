import type { Emblem, Tint } from './badge.ts'
import { leaf } from './emblems.ts'

/** One badge of the path, as one person stands to it. */
export interface PathStep {
  badge: string
  title: string
  emblem: Emblem
  tint: Tint
  state: 'held' | 'near' | 'far' | 'lapsed' | 'suspended'
  href: string
  /** The badges it stands on. */
  after: readonly string[]
  /** Null for a visitor, who has no standing. */
  progress: { have: number; need: number } | null
}

interface Point {
  x: number
  y: number
}

/** A badge where it stands on the trellis, and its title in lines that fit beside it. */
export interface Standing extends Point {
  step: PathStep
  lines: string[]
}

/** A shoot from a badge, or from the ground, to the next. It has leaves where it has grown. */
export interface Shoot {
  state: PathStep['state']
  path: string
  leaves: string
}

/** The path drawn as a trellis, in the units of its own view box. The panel of slats ends at `right` and `ground`. */
export interface Trellis {
  width: number
  height: number
  right: number
  ground: number
  badgeSize: number
  slats: string
  standings: Standing[]
  shoots: Shoot[]
}

const top = 14
const soil = 16

/** The path across a wide page: a storey for each rank, the badge that leads furthest in the middle of its own. */
export function wideTrellis(steps: readonly PathStep[]): Trellis {
  const [width, storey, wordsRoom] = [960, 148, 110]
  const ranks = inRanks(steps)
  const ground = top + ranks.length * storey + 40
  const standings = ranks.flatMap((rank, index) => {
    const apart = Math.min(300, width / rank.length)
    const sway = rank.length > 1 ? 0 : index % 2 === 0 ? -34 : 34
    const first = (width - wordsRoom) / 2 + sway - ((rank.length - 1) * apart) / 2
    return rank.map((step, place) => ({
      step,
      x: Math.round(first + place * apart),
      y: ground - storey * (index + 0.68),
      lines: inLines(step.title, Math.floor((apart - 100) / 9.5)),
    }))
  })
  const shoots = climb(standings, { x: (width - wordsRoom) / 2, y: ground }, bend)
  return {
    width,
    height: ground + soil,
    right: width,
    ground,
    badgeSize: 76,
    slats: slats(width, ground, 60),
    standings,
    shoots,
  }
}

/** The path on a phone: one stem up a narrow trellis, the badges to its side on branches, words beside them all. */
export function narrowTrellis(steps: readonly PathStep[]): Trellis {
  const [width, right, storey, stem, branch] = [320, 140, 96, 44, 98]
  const { trunk, order } = fromTheGround(steps)
  const ground = top + order.length * storey + 30
  const standings = order.map((step, index) => ({
    step,
    x: trunk.has(step) ? stem : branch,
    y: ground - storey * (index + 0.72),
    lines: inLines(step.title, 16),
  }))
  const shoots = climb(standings, { x: stem, y: ground }, leaveTheStem)
  return {
    width,
    height: ground + soil,
    right,
    ground,
    badgeSize: 56,
    slats: slats(right, ground, 40),
    standings,
    shoots,
  }
}

/** Words for how one stands to a badge: what one has of what it takes, never what is missing. */
export function standingInWords({ state, progress }: PathStep): string {
  if (!progress) return ''
  const { have, need } = progress
  if (state === 'held') return 'Held'
  if (state === 'lapsed') return 'Lapsed'
  if (state === 'suspended') return 'Suspended'
  return need > 1 ? `${Math.min(have, need)} of ${need}` : have >= need ? 'Ready' : 'Not yet'
}

/** Each badge's rank is the longest way down to the ground; within one, what leads furthest comes in the middle. */
function inRanks(steps: readonly PathStep[]): PathStep[][] {
  const { trunk } = fromTheGround(steps)
  const ranks: PathStep[][] = []
  for (const step of steps) (ranks[rankOf(step, steps)] ??= []).push(step)
  return ranks.map(rank =>
    fromTheMiddle(rank.toSorted((a, b) => Number(trunk.has(b)) - Number(trunk.has(a)))),
  )
}

/** The trunk is the longest way up. In order, each badge of it is followed by those that branch off there. */
function fromTheGround(steps: readonly PathStep[]): { trunk: Set<PathStep>; order: PathStep[] } {
  const trunk = new Set<PathStep>()
  let next = steps.toSorted((a, b) => rankOf(b, steps) - rankOf(a, steps))[0]
  while (next && !trunk.has(next)) {
    trunk.add(next)
    next = below(next, steps).toSorted((a, b) => rankOf(b, steps) - rankOf(a, steps))[0]
  }
  const order = new Set<PathStep>()
  const take = (step: PathStep) => {
    if (order.has(step)) return
    order.add(step)
    for (const above of steps) if (!trunk.has(above) && above.after.includes(step.badge)) take(above)
  }
  for (const step of steps) if (!trunk.has(step) && rankOf(step, steps) === 0) take(step)
  for (const step of [...trunk].reverse()) take(step)
  return { trunk, order: [...order] }
}

function rankOf(step: PathStep, steps: readonly PathStep[], passed: readonly PathStep[] = []): number {
  const under = below(step, steps).filter(other => !passed.includes(other))
  return Math.max(0, ...under.map(other => 1 + rankOf(other, steps, [...passed, step])))
}

const below = (step: PathStep, steps: readonly PathStep[]) =>
  steps.filter(other => other !== step && step.after.includes(other.badge))

/** The first in the middle, the next to its right, the next to its left, and so on outwards. */
const fromTheMiddle = <T>(things: readonly T[]) =>
  things.reduce<T[]>((row, thing, index) => (index % 2 === 0 ? [thing, ...row] : [...row, thing]), [])

/** A title in lines of at most `length` characters, broken between words. */
function inLines(title: string, length: number): string[] {
  return title.split(/\s+/).reduce<string[]>((lines, word) => {
    const last = lines.at(-1)
    if (last === undefined || last.length + 1 + word.length > length) return [...lines, word]
    return [...lines.slice(0, -1), `${last} ${word}`]
  }, [])
}

/** A curve with its two handles, as SVG and Bézier have it. */
type Curve = [Point, Point, Point, Point]

/** The shoots to every badge from those it stands on, or from the ground; what has grown lies over what may yet grow. */
function climb(standings: Standing[], ground: Point, grow: (from: Point, to: Point) => Curve): Shoot[] {
  const shoots = standings.flatMap(to => {
    const under = standings.filter(other => to.step.after.includes(other.step.badge))
    return (under.length > 0 ? under : [ground]).map(from => shoot(from, grow(from, to), to.step.state))
  })
  return shoots.toSorted((a, b) => Number(a.state === 'held') - Number(b.state === 'held'))
}

/** On the wide drawing, a shoot bends from one badge to the next over the whole of its way. */
function bend(from: Point, to: Point): Curve {
  const middle = (from.y + to.y) / 2
  return [from, { x: from.x, y: middle }, { x: to.x, y: middle }, to]
}

/** On the narrow one it follows the stem, and leaves it only just below its badge. */
function leaveTheStem(from: Point, to: Point): Curve {
  const fork = from.x === to.x ? from : { x: from.x, y: Math.min(from.y, to.y + 84) }
  return [fork, { x: from.x, y: to.y + 40 }, { x: to.x, y: to.y + 70 }, to]
}

function shoot(from: Point, curve: Curve, state: PathStep['state']): Shoot {
  const [fork, first, second, to] = curve
  const path = `M${at(from)}L${at(fork)}C${at(first)} ${at(second)} ${at(to)}`
  const parts = fork.y - to.y > 110 ? [0.3, 0.5, 0.7] : [0.28, 0.48]
  const leaves = parts.map((part, index) => leafOn(curve, part, index % 2 === 0 ? 1 : -1))
  return { state, path, leaves: state === 'held' ? leaves.join('') : '' }
}

function leafOn(curve: Curve, part: number, side: number): string {
  const rest = 1 - part
  const weights = [rest ** 3, 3 * rest ** 2 * part, 3 * rest * part ** 2, part ** 3]
  const along = (axis: 'x' | 'y') =>
    curve.reduce((sum, point, index) => sum + point[axis] * (weights[index] ?? 0), 0)
  const [x, y] = [along('x'), along('y')]
  return leaf(x, y, x + side * 18, y - 13)
}

const at = ({ x, y }: Point) => `${Math.round(x)} ${Math.round(y)}`

/** Both sets of slats of a panel from the left edge to `right` and from the top rail to `ground`, `cell` apart. */
function slats(right: number, ground: number, cell: number): string {
  const tall = ground - top
  const lines: string[] = []
  for (let start = -Math.ceil(tall / cell) * cell; start < right; start += cell) {
    const enter = Math.max(0, start)
    const leave = Math.min(right, start + tall)
    if (enter >= leave) continue
    lines.push(`M${enter} ${top + enter - start}L${leave} ${top + leave - start}`)
    lines.push(`M${enter} ${ground - enter + start}L${leave} ${ground - leave + start}`)
  }
  return lines.join('')
}
