import { eq } from 'drizzle-orm'
import type { Tx } from '../../../db/client.ts'
import { marking } from '../../../db/schema/grading.ts'
import type { Leaver } from './erase.ts'

/** Puts back on the desk what a mentor was at work on, or had been handed. */
export async function releaseClaims(tx: Tx, { id }: Leaver): Promise<void> {
  await tx
    .update(marking)
    .set({ claimedById: null, claimedUntil: null, claimKey: null })
    .where(eq(marking.claimedById, id))
  await tx.update(marking).set({ handedToId: null }).where(eq(marking.handedToId, id))
}
