import { readFileSync, statSync } from 'node:fs'
import { z } from 'zod'
import { BadSetting, env } from '../env.ts'
import { keptOnce } from '../kept-file.ts'
import {
  type Algorithm,
  algorithms,
  type KeptKey,
  keptKey,
  makeKey,
  type SigningKey,
  withoutPrivateHalf,
} from './key.ts'

const ring = z.strictObject({ keys: z.array(keptKey) })

/** A key with what only this room may see. */
export interface HeldKey {
  key: SigningKey
  kept: KeptKey
}

let read: { version: string; held: readonly HeldKey[] } | undefined

/** All keys, the newest first, retired ones too: what they signed is still to be verified. */
export const allKeys = (): readonly SigningKey[] => heldKeys().map(({ key }) => key)

/** The key that signs today. @throws BadSetting */
export function currentKey(algorithm: Algorithm): SigningKey {
  const current = allKeys().find(key => key.algorithm === algorithm && !key.retiredAt)
  if (!current) throw new BadSetting(`${env.SIGNING_KEYS} has no ${algorithm} key that is in use.`)
  return current
}

/** Makes the keys where there are none yet, so that a file that can't be used stops the start. @throws BadSetting */
export function ensureKeys(): void {
  for (const algorithm of algorithms) currentKey(algorithm)
}

/** The key with this id, retired or not. */
export const keyWithId = (id: string): SigningKey | undefined => allKeys().find(key => key.id === id)

/**
 * The keys in their file, which are made where there is none. The file is looked at each time, and read again when it
 * has been replaced, so that a running site signs with a new key at once.
 * @throws BadSetting when the file can't be used
 */
export function heldKeys(): readonly HeldKey[] {
  const file = env.SIGNING_KEYS
  try {
    const version = versionOf(file) ?? makeKeys(file)
    if (read?.version !== version) read = { version, held: readKeys(file) }
    return read.held
  } catch {
    // What went wrong is not told further: it might quote what stands in the file.
    throw new BadSetting(`The file of the signing keys, ${file}, can’t be made, read or understood.`)
  }
}

function versionOf(file: string): string | undefined {
  const found = statSync(file, { throwIfNoEntry: false })
  return found && [found.ino, found.mtimeMs, found.size].join()
}

function makeKeys(file: string): string {
  keptOnce(file, () => asText(algorithms.map(algorithm => makeKey(algorithm))))
  return versionOf(file)!
}

function readKeys(file: string): HeldKey[] {
  const { keys } = ring.parse(JSON.parse(readFileSync(file, 'utf8')))
  return keys.map(kept => ({ kept, key: withoutPrivateHalf(kept) }))
}

/** Keys as their file has them. */
export const asText = (keys: readonly KeptKey[]): string => `${JSON.stringify({ keys }, null, 2)}\n`
