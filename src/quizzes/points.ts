/** Points as people read them: whole where they are, else to two places. */
export const pointsInWords = (points: number): string => String(Math.round(points * 100) / 100)

/** `4.5 of 5 points`, `1 of 1 point`. */
export const inPoints = (earned: number, of: number): string =>
  `${pointsInWords(earned)} of ${pointsInWords(of)} ${of === 1 ? 'point' : 'points'}`
