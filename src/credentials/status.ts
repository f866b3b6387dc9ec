import { and, eq, isNotNull } from 'drizzle-orm'
import type { Queryable } from '../../db/client.ts'
import { certificate } from '../../db/schema/badges.ts'
import { issuedCredential } from '../../db/schema/credentials.ts'
import type { Purpose } from './status-entries.ts'

type Standing = Pick<typeof certificate.$inferSelect, 'endedBy'>

/**
 * What the status lists say of a certificate. One that has lapsed bears no mark: its credential says itself until when
 * it is valid.
 */
export const statusOf = ({ endedBy }: Standing): Readonly<Record<Purpose, boolean>> => ({
  revocation: endedBy === 'revocation',
  suspension: false,
})

/** The bits that are set in a status list, or null where there is no such list. */
export async function markedIn(db: Queryable, purpose: Purpose, list: number): Promise<number[] | null> {
  const [some] = await db
    .select({ list: issuedCredential.list })
    .from(issuedCredential)
    .where(eq(issuedCredential.list, list))
    .limit(1)
  if (!some) return null
  const rows = await db
    .select({ index: issuedCredential.index, endedBy: certificate.endedBy })
    .from(issuedCredential)
    .innerJoin(certificate, eq(certificate.id, issuedCredential.certificateId))
    // Only of these might there be something to say.
    .where(and(eq(issuedCredential.list, list), isNotNull(certificate.endedAt)))
  return rows.filter(row => statusOf(row)[purpose]).map(row => row.index)
}
