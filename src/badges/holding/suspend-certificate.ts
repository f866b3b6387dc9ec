import { eq } from 'drizzle-orm'
import type { Tx } from '../../../db/client.ts'
import { certificate } from '../../../db/schema/badges.ts'
import type { Content } from '../../authoring/content.ts'
import { appendEntry } from '../../record/append.ts'
import { audit } from '../../record/audit.ts'
import { endAppeals } from '../appeals/end-appeals.ts'
import type { Case, Certificate } from '../deciding.ts'
import { frozen } from '../frozen.ts'
import { tellRooms } from '../tell-rooms.ts'
import type { ReasonClass } from './reason.ts'

export interface Suspending {
  admin: { id: number } | null
  reasonClass: ReasonClass
  reason: string
  at: Date
  /** The certificate with which it is suspended, as it stands on that. */
  withId?: number | null
}

/** Suspends a certificate, on the certification record, and tells the rooms. The case is the caller's. */
export async function suspendCertificate(
  tx: Tx,
  content: Content,
  { badge, standing }: Case,
  { id, code, personId, expiresOn }: Certificate,
  { admin, reasonClass, reason, at, withId = null }: Suspending,
): Promise<void> {
  await tx
    .update(certificate)
    .set({ suspendedAt: at, suspendedFor: reasonClass.id, suspendedWithId: withId })
    .where(eq(certificate.id, id))
  const entry = await appendEntry(tx, {
    ...{ kind: 'suspension', certificateCode: code, override: false, at, reasonClass },
    ...{ personId, badge: badge.id, actorId: admin?.id ?? null, reason },
    ...{ criteria: frozen(content, badge, expiresOn), standing },
  })
  await audit(tx, admin, 'badge.suspended', { badge: badge.id, code, for: reasonClass.id, reason }, personId)
  await tellRooms(tx, content, entry)
}

interface Reinstating {
  admin: { id: number } | null
  reason: string
  at: Date
}

/** Lifts the suspension of a certificate, on the certification record, and tells the rooms. The case is the caller's. */
export async function reinstateCertificate(
  tx: Tx,
  content: Content,
  { badge, standing }: Case,
  { id, code, personId, expiresOn }: Certificate,
  { admin, reason, at }: Reinstating,
): Promise<void> {
  await tx
    .update(certificate)
    .set({ suspendedAt: null, suspendedFor: null, suspendedWithId: null })
    .where(eq(certificate.id, id))
  const entry = await appendEntry(tx, {
    ...{ kind: 'reinstatement', certificateCode: code, override: false, at },
    ...{ personId, badge: badge.id, actorId: admin?.id ?? null, reason },
    ...{ criteria: frozen(content, badge, expiresOn), standing },
  })
  await endAppeals(tx, { personId, badge: badge.id })
  await audit(tx, admin, 'badge.reinstated', { badge: badge.id, code, reason }, personId)
  await tellRooms(tx, content, entry)
}
