import { and, desc, eq, sql } from 'drizzle-orm'
import type { Queryable } from '../../db/client.ts'
import { certificate } from '../../db/schema/badges.ts'
import { person } from '../../db/schema/people.ts'
import { recordEntry } from '../../db/schema/record.ts'
import { ensure } from '../errors.ts'
import type { Person } from '../people/person.ts'
import type { FrozenBadge } from './frozen.ts'
import type { ReasonClass } from './holding/reason.ts'
import { today } from './load-facts.ts'
import { canSeeStanding } from './policy.ts'

/** Whether a certificate holds today. */
export type Validity = 'valid' | 'suspended' | 'revoked' | 'lapsed'

const validityOf = ({
  endedBy,
  expiresOn,
  suspendedAt,
}: Pick<typeof certificate.$inferSelect, 'endedBy' | 'expiresOn' | 'suspendedAt'>): Validity => {
  if (endedBy === 'revocation') return 'revoked'
  if (endedBy === 'lapse' || (expiresOn !== null && expiresOn < today())) return 'lapsed'
  return suspendedAt === null ? 'valid' : 'suspended'
}

/** The class of the reason in the last word on a certificate. */
const lastReason = sql<ReasonClass | null>`(
  select r.reason_class from record_entry r where r.certificate_code = ${certificate.code} order by r.seq desc limit 1)`

/** The words of it, which are for its holder and the admins. */
const lastWords = sql<string>`coalesce((
  select d.value #>> '{}' from record_entry r join record_disclosure d on d.seq = r.seq and d.name = 'reason'
  where r.certificate_code = ${certificate.code} and r.kind <> 'grant' order by r.seq desc limit 1), '')`

/** A person's certificates, past ones too, the newest first. @throws Forbidden */
export async function certificatesOf(db: Queryable, viewer: Person, personId: number) {
  ensure(canSeeStanding(viewer, { id: personId }))
  const rows = await db
    .select({
      id: certificate.id,
      code: certificate.code,
      badge: certificate.badge,
      grantedAt: certificate.grantedAt,
      expiresOn: certificate.expiresOn,
      endedAt: certificate.endedAt,
      endedBy: certificate.endedBy,
      suspendedAt: certificate.suspendedAt,
      suspendedWithId: certificate.suspendedWithId,
      /** What kind of reason its last word has, and that word itself; empty where it holds. */
      reasonClass: lastReason,
      reason: lastWords,
    })
    .from(certificate)
    .where(eq(certificate.personId, personId))
    .orderBy(desc(certificate.id))
  return rows.map(row => ({ ...row, validity: validityOf(row) }))
}
export type HeldCertificate = Awaited<ReturnType<typeof certificatesOf>>[number]

/** The code of a person's certificate for a badge, the newest where there were several. For the operator. */
export async function certificateHeld(
  db: Queryable,
  personId: number,
  badge: string,
): Promise<string | undefined> {
  const [row] = await db
    .select({ code: certificate.code })
    .from(certificate)
    .where(and(eq(certificate.personId, personId), eq(certificate.badge, badge)))
    .orderBy(desc(certificate.id))
    .limit(1)
  return row?.code
}

/** What anybody may learn of a certificate: whether it holds, for what, and the holder's name where they wish it. */
export interface PublicCertificate {
  validity: Validity
  badge: string
  /** The badge and its criteria as they stood at the grant. */
  granted: FrozenBadge
  /** Whether it was granted although not all criteria were met. */
  override: boolean
  grantedAt: Date
  expiresOn: string | null
  endedAt: Date | null
  suspendedAt: Date | null
  /** What kind of reason its end or its suspension has, as it was called that day; null where it holds, or none was given. */
  reasonClass: ReasonClass | null
  name: string | null
  /** The title that the holder's age band has; null where they are not named, for it says who they are. */
  ageBand: 'adult' | 'teen' | null
  /** Whether the viewer is its holder. */
  own: boolean
}

/** The certificate with this code, or null where the record knows of none. */
export async function publicCertificate(
  db: Queryable,
  viewer: Person | null,
  code: string,
): Promise<PublicCertificate | null> {
  if (!/^[\w-]{22}$/.test(code)) return null
  const [row] = await db
    .select({
      certificate,
      granted: sql<FrozenBadge>`${recordEntry.criteria}`,
      override: recordEntry.override,
      named: person.namedOnCertificates,
      name: person.displayName,
      ageBand: person.ageBand,
      reasonClass: lastReason,
    })
    .from(certificate)
    .innerJoin(person, eq(person.id, certificate.personId))
    .innerJoin(
      recordEntry,
      and(eq(recordEntry.certificateCode, certificate.code), eq(recordEntry.kind, 'grant')),
    )
    .where(eq(certificate.code, code))
  if (!row) return null
  const { badge, grantedAt, expiresOn, endedAt, suspendedAt, personId, keptName } = row.certificate
  const validity = validityOf(row.certificate)
  return {
    ...{ badge, grantedAt, expiresOn, endedAt, suspendedAt, granted: row.granted, validity },
    reasonClass: validity === 'valid' ? null : row.reasonClass,
    name: row.named ? row.name : keptName,
    ageBand: row.named ? row.ageBand : null,
    override: row.override,
    own: viewer?.id === personId,
  }
}
