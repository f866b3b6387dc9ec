import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../../db/client.ts'
import { rest } from '../../db/schema/decisions.ts'
import { today } from './load-facts.ts'

/** For how many weeks a decline or a revocation leaves somebody alone, where nobody said otherwise. */
export const usualRest = 4

interface About {
  personId: number
  badge: string
}

/** The ISO day (UTC) so many days after another. */
export const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)

/**
 * Leaves somebody alone about a badge until a day: they neither wait in the queue nor apply before it, whatever changes.
 * A criterion that they come to meet meanwhile is seldom what they were declined for; and an admin may grant before.
 */
export async function restUntil(tx: Tx, about: About, until: string, at = new Date()): Promise<void> {
  await endRest(tx, about)
  await tx.insert(rest).values({ ...about, until, at })
}

/** Nothing keeps them waiting any more. */
export const endRest = (tx: Tx, about: About) =>
  tx
    .update(rest)
    .set({ endedAt: sql`now()` })
    .where(current(about))

/** The first day (UTC) on which they can apply again, while it lies ahead. */
export async function restsUntil(db: Queryable, about: About): Promise<string | null> {
  const [row] = await db
    .select({ until: rest.until })
    .from(rest)
    .where(and(current(about), gt(rest.until, today())))
  return row?.until ?? null
}

const current = ({ personId, badge }: About) =>
  and(eq(rest.personId, personId), eq(rest.badge, badge), isNull(rest.endedAt))
