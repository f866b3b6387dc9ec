import { randomInt } from 'node:crypto'

/** How everybody is called who has left. */
export const nameOfWhoLeft = 'Somebody who left'

const beginning = 'somebody-who-left-'
const letters = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** What the row of a person who left is called by: a handle longer than anybody may choose, and an address of nobody. */
export function somebodyWhoLeft(): { handle: string; displayName: string; email: string } {
  const drawn = Array.from({ length: 16 }, () => letters[randomInt(letters.length)]).join('')
  return { handle: `${beginning}${drawn}`, displayName: nameOfWhoLeft, email: `${drawn}@left.invalid` }
}

/** Whether a handle is that of somebody who left, whose page there is not. */
export const hasLeft = ({ handle }: { handle: string }): boolean => handle.startsWith(beginning)
