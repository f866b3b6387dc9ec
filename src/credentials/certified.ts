import { randomBytes, randomInt } from 'node:crypto'
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Queryable } from '../../db/client.ts'
import { certificate } from '../../db/schema/badges.ts'
import { issuedCredential, withdrawnCredential } from '../../db/schema/credentials.ts'
import { person } from '../../db/schema/people.ts'
import { recordEntry } from '../../db/schema/record.ts'
import type { Content } from '../authoring/content.ts'
import type { FrozenBadge } from '../badges/frozen.ts'
import { found } from '../errors.ts'
import type { Certified } from './credential.ts'

/** How many bits a status list has. Source: Bitstring Status List 1.0, section 6.1, which asks for as many at least. */
export const listLength = 131_072

/** How many credentials share a list: half of it stays free, so that a place drawn by lot is soon a free one. */
const credentialsInList = listLength / 2

type Issued = typeof issuedCredential.$inferSelect

/**
 * The certificate with this code, with what its credential says. At its first time it gets a place in the status lists
 * and a salt, which it keeps.
 * @throws NotFound
 */
export async function certifiedBy(db: Queryable, content: Content, code: string): Promise<Certified> {
  const row = found(/^[\w-]{22}$/.test(code) ? await readCertificate(db, code) : null)
  const { list, index, salt } = row.issued ?? (await issueOnce(db, row.certificate.id))
  const { badge, grantedAt, expiresOn } = row.certificate
  return {
    ...{ code, badge, grantedAt, expiresOn, salt, place: { list, index } },
    granted: row.granted,
    now: content.badge(badge),
    email: row.email,
    // A title for one age band says who they are as well.
    ...(row.named ? { name: row.name, ageBand: row.ageBand } : { name: null, ageBand: null }),
  }
}

async function readCertificate(db: Queryable, code: string) {
  const [row] = await db
    .select({
      certificate,
      issued: issuedCredential,
      granted: sql<FrozenBadge>`${recordEntry.criteria}`,
      named: person.namedOnCertificates,
      name: person.displayName,
      ageBand: person.ageBand,
      email: person.email,
    })
    .from(certificate)
    .innerJoin(person, eq(person.id, certificate.personId))
    .innerJoin(
      recordEntry,
      and(eq(recordEntry.certificateCode, certificate.code), eq(recordEntry.kind, 'grant')),
    )
    .leftJoin(issuedCredential, eq(issuedCredential.certificateId, certificate.id))
    // Whoever left has no address to be hashed: what they took along verifies by itself, and nothing new is signed.
    .where(and(eq(certificate.code, code), isNull(person.leftAt)))
  return row
}

/** Of two who ask at once both get the same; a place that is taken is drawn again. */
async function issueOnce(db: Queryable, certificateId: number): Promise<Issued> {
  for (;;) {
    const place = { list: Math.floor(certificateId / credentialsInList), index: randomInt(listLength) }
    const [withdrawn] = await db.select().from(withdrawnCredential).where(at(place))
    if (!withdrawn)
      await db
        .insert(issuedCredential)
        .values({ certificateId, ...place, salt: randomBytes(16).toString('base64url') })
        .onConflictDoNothing()
    const [issued] = await db
      .select()
      .from(issuedCredential)
      .where(eq(issuedCredential.certificateId, certificateId))
    if (issued) return issued
  }
}

const at = ({ list, index }: { list: number; index: number }) =>
  and(eq(withdrawnCredential.list, list), eq(withdrawnCredential.index, index))
