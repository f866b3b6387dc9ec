import type { Emblem } from './badge.ts'

/**
 * The emblems of the badges, each the inside of an SVG on a grid of 24, in one colour: filled with it where the
 * shape says nothing else, stroked with it where it does.
 */
export const emblemShapes: Record<Emblem, string> = {
  sprout: `<path d="${leaf(12, 13, 2.5, 4)}${leaf(12, 13, 21.5, 4)}"/>${stroked('M12 11v10')}`,
  shield: `${stroked('M12 2.5 20 5.5v6c0 4.8-3.5 8-8 10-4.5-2-8-5.2-8-10v-6Z')}<path d="M12 2.5v19c-4.5-2-8-5.2-8-10v-6Z"/>`,
  hands: `<circle cx="12" cy="6.5" r="4"/>${stroked('M2.5 11c.3 6.2 4 10 9.5 10s9.2-3.8 9.5-10')}${stroked('M7 14.5c1.5 1.5 3 2.2 5 2.2s3.5-.7 5-2.2')}`,
  star: `<path d="${star(5, 10.5, 4.4)}"/>`,
  compass: `${stroked('M12 2.5a9.5 9.5 0 1 1 0 19 9.5 9.5 0 0 1 0-19Z')}<path d="M17 7l-3 7-7 3 3-7Z"/>`,
  circle: ringOfPeople(6),
  mic: `<rect x="8.2" y="1.8" width="7.6" height="12.4" rx="3.8"/>${stroked('M4.5 11c.4 4.4 3.3 7 7.5 7s7.1-2.6 7.5-7M12 18v4')}`,
  spark: `<path d="${star(4, 11, 3.1)}"/>`,
}

/** Attributes of the three parts of a badge. */
export type Painted = { readonly field: string; readonly slats: string; readonly emblem: string }

/** On our pages the colours come from badge.css. */
const byClass: Painted = { field: 'class="field"', slats: 'class="slats"', emblem: 'class="emblem"' }

/** The whole badge, as the inside of an SVG on a grid of 48. */
export function shieldWith(emblem: Emblem, painted: Painted = byClass): string {
  return (
    `<path ${painted.field} d="M24 2.5 42.5 8.5v15c0 11.5-7.5 18.5-18.5 22.5C13 42 5.5 35 5.5 23.5v-15Z"/>` +
    `<path ${painted.slats} d="M9 34h30M24 45 13 34M24 45l11-11M15.5 41.5 23 34M32.5 41.5 25 34"/>` +
    `<g ${painted.emblem} transform="translate(11.5 7.5) scale(1.04)">${emblemShapes[emblem]}</g>`
  )
}

function stroked(path: string): string {
  return `<path d="${path}" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"/>`
}

/** A leaf from one tip to the other: two arcs of the same circle, as everywhere in Trellis. */
export function leaf(fromX: number, fromY: number, toX: number, toY: number): string {
  const radius = round(Math.hypot(toX - fromX, toY - fromY) * 0.62)
  const arc = `A${radius} ${radius} 0 0 1`
  return `M${round(fromX)} ${round(fromY)}${arc} ${round(toX)} ${round(toY)}${arc} ${round(fromX)} ${round(fromY)}Z`
}

function star(points: number, outer: number, inner: number): string {
  const corners = Array.from({ length: points * 2 }, (_, index) => {
    const angle = (Math.PI * index) / points
    const radius = index % 2 === 0 ? outer : inner
    return `${round(12 + radius * Math.sin(angle))} ${round(12 - radius * Math.cos(angle))}`
  })
  return `M${corners.join('L')}Z`
}

function ringOfPeople(count: number): string {
  return Array.from({ length: count }, (_, index) => {
    const angle = (2 * Math.PI * index) / count
    return `<circle cx="${round(12 + 8 * Math.sin(angle))}" cy="${round(12 - 8 * Math.cos(angle))}" r="2.9"/>`
  }).join('')
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
