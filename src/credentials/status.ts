import { and, eq, isNotNull, or } from 'drizzle-orm'
import type { Queryable } from '../../db/client.ts'
import { certificate } from '../../db/schema/badges.ts'
import { issuedCredential, withdrawnCredential } from '../../db/schema/credentials.ts'
import type { Purpose } from './status-entries.ts'

type Standing = Pick<typeof certificate.$inferSelect, 'endedAt' | 'endedBy' | 'expiresOn' | 'suspendedAt'>

/**
 * What the status lists say of a certificate. One that lapsed with its last day bears no mark: its credential says
 * itself until when it is valid. One that lapsed before, since a duty was not done, is marked as revoked, for nothing in
 * its credential would say so.
 */
export const statusOf = (standing: Standing): Readonly<Record<Purpose, boolean>> => ({
  revocation: standing.endedBy === 'revocation' || lapsedEarly(standing),
  suspension: standing.suspendedAt !== null && standing.endedBy === null,
})

const lapsedEarly = ({ endedBy, endedAt, expiresOn }: Standing): boolean =>
  endedBy === 'lapse' && (expiresOn === null || endedAt!.toISOString().slice(0, 10) <= expiresOn)

/** The bits that are set in a status list, or null where there is no such list. */
export async function markedIn(db: Queryable, purpose: Purpose, list: number): Promise<number[] | null> {
  const [some] = await db
    .select({ list: issuedCredential.list })
    .from(issuedCredential)
    .where(eq(issuedCredential.list, list))
    .limit(1)
  const withdrawn = await db
    .select({ index: withdrawnCredential.index })
    .from(withdrawnCredential)
    .where(eq(withdrawnCredential.list, list))
  if (!some && withdrawn.length === 0) return null
  const rows = await db
    .select({
      index: issuedCredential.index,
      endedAt: certificate.endedAt,
      endedBy: certificate.endedBy,
      expiresOn: certificate.expiresOn,
      suspendedAt: certificate.suspendedAt,
    })
    .from(issuedCredential)
    .innerJoin(certificate, eq(certificate.id, issuedCredential.certificateId))
    // Only of these might there be something to say.
    .where(
      and(
        eq(issuedCredential.list, list),
        or(isNotNull(certificate.endedAt), isNotNull(certificate.suspendedAt)),
      ),
    )
  const marked = rows.filter(row => statusOf(row)[purpose]).map(row => row.index)
  return purpose === 'revocation' ? [...marked, ...withdrawn.map(row => row.index)] : marked
}
