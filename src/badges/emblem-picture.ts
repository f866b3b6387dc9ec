import type { Emblem, Tint } from './badge.ts'
import { shieldWith } from './emblems.ts'

/** The tints of badge.css on white paper, for readers of pictures that know neither OKLCH nor our stylesheet. */
export const printedTints: Record<Tint, string> = {
  moss: '#2c6030',
  amber: '#8a560c',
  sky: '#1f5f8f',
  rose: '#983553',
  violet: '#60438d',
  clay: '#8d4226',
  teal: '#076262',
  ink: '#313c47',
}

/** The colour of what is cut out of a badge. */
const paper = '#ffffff'

/**
 * A badge as a picture by itself, a complete SVG that looks as it does on our pages while it is held.
 * @param size width and height in pixels
 * @param inside more elements, as text, that belong to the picture
 */
export function emblemPicture(
  { emblem, tint }: { emblem: Emblem; tint: Tint },
  size: number,
  inside = '',
): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 48 48">` +
    `${inside}${paintedShield({ emblem, tint })}</svg>`
  )
}

/** The inside of that picture, on a grid of 48. */
export function paintedShield({ emblem, tint }: { emblem: Emblem; tint: Tint }): string {
  const colour = printedTints[tint]
  return shieldWith(emblem, {
    field: `fill="${colour}" stroke="${colour}" stroke-width="2.5" stroke-linejoin="round"`,
    slats: `fill="none" stroke="${paper}" stroke-width="1.4" opacity="0.5"`,
    emblem: `color="${paper}" fill="${paper}"`,
  })
}
