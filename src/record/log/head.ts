import type { Hash } from './hashing.ts'
import { keyInWords, openNote, type VerifierKey } from './note.ts'

/** What is signed of the record: that it has so many entries, and which root is over them. */
export interface Head {
  /** Whose record: the site's host. */
  origin: string
  size: number
  root: Hash
}

/** A head as text (c2sp.org/tlog-checkpoint), to be signed. */
export const headInWords = ({ origin, size, root }: Head): string =>
  `${origin}\n${size}\n${root.toString('base64')}\n`

/** The head that a text says, or null where it says something else as well, or otherwise. */
export function readHead(text: string): Head | null {
  const [origin = '', size = '', root = ''] = text.split('\n')
  const head = { origin, size: Number(size), root: Buffer.from(root, 'base64') }
  const whole = origin !== '' && Number.isSafeInteger(head.size) && head.size >= 0 && head.root.length === 32
  return whole && headInWords(head) === text ? head : null
}

/** The head in a signed note, once it is clear that one of `keys` signed it under its own name. */
export function openHead(
  note: string,
  keys: readonly VerifierKey[],
): { head: Head; key: VerifierKey } | { problem: string } {
  const opened = openNote(note, keys)
  if ('problem' in opened) return opened
  const head = readHead(opened.text)
  if (!head) return { problem: 'What is signed is not the head of a record.' }
  if (head.origin !== opened.key.name)
    return { problem: `It is the head of ${head.origin}, signed by ${keyInWords(opened.key)}.` }
  return { head, key: opened.key }
}
