/** The handle that is being typed before the cursor: where its @ stands, and what of it is there. */
export function handleAt(text: string, cursor: number): { from: number; begins: string } | null {
  const before = text.slice(Math.max(0, cursor - 60), cursor)
  // Not within an address of mail, a word, or a link; names may be typed with their spaces' first word.
  const typed = /(?:^|[\s([{>"'“‘])@([\p{L}\p{N}_-]{1,40})$/u.exec(before)?.[1]
  return typed === undefined ? null : { from: cursor - typed.length - 1, begins: typed }
}
