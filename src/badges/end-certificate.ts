import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Tx } from '../../db/client.ts'
import { certificate, duty } from '../../db/schema/badges.ts'
import type { Content } from '../authoring/content.ts'
import { appendEntry } from '../record/append.ts'
import type { Case, Certificate } from './deciding.ts'
import { frozen } from './frozen.ts'
import type { ReasonClass } from './holding/reason.ts'
import { tellRooms } from './tell-rooms.ts'

interface Ending {
  by: 'revocation' | 'lapse'
  actor: { id: number } | null
  reasonClass?: ReasonClass | null
  reason: string
  at?: Date
}

/** Ends a certificate, on the certification record, with the duties that came with it, and tells the rooms. */
export async function endCertificate(
  tx: Tx,
  content: Content,
  { badge, standing }: Case,
  { id, code, personId, suspendedAt }: Certificate,
  { by, actor, reasonClass = null, reason, at: endedAt = new Date() }: Ending,
): Promise<void> {
  await tx.update(certificate).set({ endedAt, endedBy: by }).where(eq(certificate.id, id))
  await tx
    .update(duty)
    .set({ letGoAt: sql`now()` })
    .where(and(eq(duty.certificateId, id), isNull(duty.doneAt), isNull(duty.letGoAt)))
  const entry = await appendEntry(tx, {
    ...{ kind: by, certificateCode: code, override: false, at: endedAt, reasonClass },
    ...{ personId, badge: badge.id, actorId: actor?.id ?? null, reason },
    ...{ criteria: frozen(content, badge), standing },
  })
  await tellRooms(tx, content, entry, { wasOpen: suspendedAt === null })
}
