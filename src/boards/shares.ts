/** A share in whole per cent: "42%". What is not nothing never reads as 0, nor what is not all as 100. */
export function shareOf(part: number, whole: number): string {
  const share = Math.round((part / whole) * 100)
  if (part > 0 && share === 0) return 'under 1%'
  if (part < whole && share === 100) return 'over 99%'
  return `${share}%`
}
