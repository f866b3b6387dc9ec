import type { Queryable } from '../../db/client.ts'
import { Conflict, NotFound } from '../errors.ts'
import { hashesOf } from './log/entry.ts'
import type { EntryLine, WithheldLine } from './log/export.ts'
import { openHead } from './log/head.ts'
import { provesInclusion } from './log/verify-proofs.ts'
import { type InclusionProof, proveCertificate } from './proofs.ts'
import { ownKeys } from './signer.ts'

/** How a certificate stands in the log, as we check it ourselves, by nothing but what we tell everybody. */
export type InLog =
  | {
      state: 'proved'
      /** The entries on it, by their numbers. */ entries: number[]
      size: number
      signedAt: Date
    }
  | { state: 'new' }
  | { state: 'broken' }

/** Checks the proofs that are told of a certificate. @returns null where the record does not know it */
export async function checkInLog(db: Queryable, code: string): Promise<InLog | null> {
  try {
    const { tree, proofs } = await proveCertificate(db, code)
    const head = tree.head!
    const opened = openHead(head.note, ownKeys([head.key]))
    const holds =
      'head' in opened && opened.head.size === tree.size && proofs.every(proof => proves(proof, opened.head))
    if (!holds) return { state: 'broken' }
    return {
      ...{ state: 'proved', entries: proofs.map(({ index }) => index + 1) },
      ...{ size: tree.size, signedAt: head.at },
    }
  } catch (error) {
    if (error instanceof Conflict) return { state: 'new' }
    if (error instanceof NotFound) return null
    throw error
  }
}

function proves(
  { line, index, path }: InclusionProof,
  { size, root }: { size: number; root: Buffer },
): boolean {
  const hashes = path.map(hash => Buffer.from(hash, 'hex'))
  return provesInclusion({ index, size, leaf: leafOf(line), root }, hashes)
}

/** From what the entry says, never from what is kept beside it, where it can be shown. */
const leafOf = (line: EntryLine | WithheldLine): Buffer =>
  'entry' in line ? hashesOf(line.entry).leaf : Buffer.from(line.leaf, 'hex')
