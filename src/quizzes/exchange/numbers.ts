/** A number as programs write it; undefined where it is none. */
export function numberIn(text: string): number | undefined {
  const digits = text.trim().replace(',', '.')
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i.test(digits) ? Number(digits) : undefined
}

/** Without what binary fractions add. */
export const even = (value: number): number => Number(value.toPrecision(12))
