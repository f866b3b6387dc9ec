/** How far somebody has read: everything up to a post, and these beyond it, in order. */
export type Marks = { readTo: number; readBeyond: readonly number[] }

/** Posts that are kept as read beyond the first gap, at most. */
const mostBeyond = 500

/** With `seen` read too. Beyond `most`, the oldest gap is given up: what is in it counts as read. */
export function noteSeen(
  { readTo, readBeyond }: Marks,
  seen: readonly number[],
  most: number = mostBeyond,
): Marks {
  const beyond = [...new Set([...readBeyond, ...seen])].filter(id => id > readTo).toSorted((a, b) => a - b)
  const givenUp = beyond.at(-most - 1)
  return givenUp === undefined || beyond.length <= most
    ? { readTo, readBeyond: beyond }
    : { readTo: givenUp, readBeyond: beyond.slice(-most) }
}

/**
 * The same, told in fewer words: everything below the first post that is still unread has been read, and with none
 * everything up to `last`.
 */
export function foldMarks({ readTo, readBeyond }: Marks, firstUnread: number | null, last: number): Marks {
  const to = Math.max(readTo, firstUnread === null ? last : firstUnread - 1)
  return { readTo: to, readBeyond: readBeyond.filter(id => id > to) }
}
