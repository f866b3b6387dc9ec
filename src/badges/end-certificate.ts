import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/client.ts'
import { certificate } from '../../db/schema/badges.ts'
import type { Content } from '../authoring/content.ts'
import { appendEntry } from '../record/append.ts'
import type { Case, Certificate } from './deciding.ts'
import { frozen } from './frozen.ts'
import { tellRooms } from './tell-rooms.ts'

interface Ending {
  by: 'revocation' | 'lapse'
  actor: { id: number } | null
  reason: string
  at?: Date
}

/** Ends a certificate, on the certification record, and tells the rooms. */
export async function endCertificate(
  tx: Tx,
  content: Content,
  { badge, standing }: Case,
  { id, code, personId }: Certificate,
  { by, actor, reason, at: endedAt = new Date() }: Ending,
): Promise<void> {
  await tx.update(certificate).set({ endedAt, endedBy: by }).where(eq(certificate.id, id))
  const entry = await appendEntry(tx, {
    ...{ kind: by, certificateCode: code, override: false, at: endedAt },
    ...{ personId, badge: badge.id, actorId: actor?.id ?? null, reason },
    ...{ criteria: frozen(content, badge), standing },
  })
  await tellRooms(tx, content, entry)
}
