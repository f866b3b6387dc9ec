import { closeSync, openSync, renameSync, rmSync } from 'node:fs'
import { env } from '../env.ts'
import { Conflict } from '../errors.ts'
import { writeDraft } from '../kept-file.ts'
import { algorithms, makeKey, type SigningKey } from './key.ts'
import { allKeys, asText, heldKeys } from './ring.ts'

/**
 * Makes new keys and retires those in use: their private halves are deleted, their public halves stay, so that what
 * they signed still verifies. A running site signs with the new ones from its next signature.
 * @returns the new keys
 * @throws Conflict while another process is at it; BadSetting
 */
export function rotateKeys(at = new Date()): readonly SigningKey[] {
  const file = env.SIGNING_KEYS
  const done = lockFile(`${file}.lock`)
  try {
    const made = algorithms.map(algorithm => makeKey(algorithm, at))
    const retired = heldKeys().map(({ kept }) => ({
      ...kept,
      d: null,
      retiredAt: kept.retiredAt ?? at.toISOString(),
    }))
    renameSync(writeDraft(file, asText([...made, ...retired])), file)
  } finally {
    done()
  }
  return allKeys().filter(({ retiredAt }) => !retiredAt)
}

/** Two rotations at once would each retire the other's keys unseen. */
function lockFile(lock: string): () => void {
  try {
    closeSync(openSync(lock, 'wx', 0o600))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    throw new Conflict(
      `The keys are being rotated already. If that was cut short, remove ${lock} and try again.`,
    )
  }
  return () => rmSync(lock)
}
