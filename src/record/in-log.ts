import type { Queryable } from '../../db/client.ts'
import { Conflict, NotFound } from '../errors.ts'
import { type Head, openHead } from './log/head.ts'
import { provesInclusion } from './log/verify-proofs.ts'
import { type InclusionProof, proveCertificate } from './proofs.ts'
import { ownKeys } from './signer.ts'

/** How a certificate stands in the log, as we check it ourselves. */
export type InLog =
  | {
      state: 'proved'
      /** The entries on it, by their numbers. */
      entries: number[]
      /** Whether what they say could be checked, and not their places alone: of old entries much may be erased. */
      words: boolean
      size: number
      signedAt: Date
    }
  | { state: 'new' }
  | { state: 'broken' }

/** Checks the proofs that are told of a certificate. @returns null where the record does not know it */
export async function checkInLog(db: Queryable, code: string): Promise<InLog | null> {
  try {
    const { tree, proofs } = await proveCertificate(db, code)
    const { note, key, at } = tree.head!
    const opened = openHead(note, ownKeys([key]))
    if ('problem' in opened || !proofs.every(proof => proves(proof, opened.head))) return { state: 'broken' }
    return {
      ...{ state: 'proved', entries: proofs.map(({ index }) => index + 1) },
      words: proofs.every(({ bySaying }) => bySaying !== null),
      ...{ size: opened.head.size, signedAt: at },
    }
  } catch (error) {
    if (error instanceof Conflict) return { state: 'new' }
    if (error instanceof NotFound) return null
    throw error
  }
}

/** By what the entry says, never by the leaf that is kept beside it, wherever that can be told. */
function proves({ index, leaf, bySaying, path }: InclusionProof, { size, root }: Head): boolean {
  const hashes = path.map(hash => Buffer.from(hash, 'hex'))
  return provesInclusion({ index, size, leaf: Buffer.from(bySaying ?? leaf, 'hex'), root }, hashes)
}
