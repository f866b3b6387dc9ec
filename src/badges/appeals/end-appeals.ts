import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Tx } from '../../../db/client.ts'
import { badgeAppeal } from '../../../db/schema/decisions.ts'

/** Nothing is left to answer of an appeal about a badge once something newer is decided, whoever did. */
export const endAppeals = (tx: Tx, { personId, badge }: { personId: number; badge: string }) =>
  tx
    .update(badgeAppeal)
    .set({ endedAt: sql`now()`, outcome: 'moot' })
    .where(and(eq(badgeAppeal.personId, personId), eq(badgeAppeal.badge, badge), isNull(badgeAppeal.endedAt)))

/** Whether this admin has just upheld this appeal, which is about this person and badge. */
export async function wasUpheld(
  tx: Tx,
  admin: { id: number },
  id: number,
  { personId, badge }: { personId: number; badge: string },
): Promise<boolean> {
  const rows = await tx
    .select({ id: badgeAppeal.id })
    .from(badgeAppeal)
    .where(
      and(
        ...[eq(badgeAppeal.id, id), eq(badgeAppeal.personId, personId), eq(badgeAppeal.badge, badge)],
        ...[eq(badgeAppeal.outcome, 'upheld'), eq(badgeAppeal.endedById, admin.id)],
      ),
    )
  return rows.length > 0
}
