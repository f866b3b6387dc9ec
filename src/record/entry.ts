import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { recordEntry } from '../../db/schema/record.ts'

/** One line of the certification record. */
export type RecordEntry = typeof recordEntry.$inferSelect

/** What stands before the first entry. */
export const genesis = '0'.repeat(64)

/**
 * SHA-256, in hexadecimal, over the canonical JSON (RFC 8785) of all that an entry says, the hash of the one before
 * it included: nothing in it can be changed without changing every hash that follows.
 */
export function hashOf(entry: Omit<RecordEntry, 'hash'>): string {
  const { seq, kind, certificateCode, personId, badge, actorId, override, reason, criteria, standing } = entry
  const text = canonicalize({
    ...{ seq, kind, certificateCode, personId, badge, actorId, override, reason, criteria, standing },
    at: entry.at.toISOString(),
    previousHash: entry.previousHash,
  })
  return createHash('sha256')
    .update(text ?? '')
    .digest('hex')
}
