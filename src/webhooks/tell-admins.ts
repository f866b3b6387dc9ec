import { isNull } from 'drizzle-orm'
import type { Tx } from '../../db/client.ts'
import { adminAppointment } from '../../db/schema/people.ts'
import { notify } from '../people/notifications.ts'

/** Tells every admin something of an endpoint, on their home page. */
export async function tellAdmins(tx: Tx, { id }: { id: number }, summary: string): Promise<void> {
  const admins = await tx
    .select({ id: adminAppointment.personId })
    .from(adminAppointment)
    .where(isNull(adminAppointment.endedAt))
  for (const admin of admins)
    await notify(tx, admin.id, { kind: 'webhook_failing', summary, href: `/admin/webhooks/${id}` })
}
