import { and, eq, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import { lock, type Tx } from '../../../db/client.ts'
import { badgeVersion } from '../../../db/schema/badges.ts'
import { Conflict, ensure, Invalid, NotFound } from '../../errors.ts'
import type { Person } from '../../people/person.ts'
import { canRunProgramme } from '../../people/policy.ts'
import { audit } from '../../record/audit.ts'
import { plusDays } from '../day.ts'
import { today } from '../load-facts.ts'
import { rulesChanged } from './load-rules.ts'
import { versionsLock } from './propose.ts'

export const putInForceInput = z.object({
  badge: z.string().max(80),
  version: z.coerce.number().int().min(1).max(1_000_000),
  /** What becomes of those who are part-way. */
  partWay: z.enum(['keep', 'move']),
  /** With `keep`: the last day (ISO, UTC) on which the rules before may still be met. */
  until: z.string().max(10).default(''),
  reason: z.string().trim().min(1).max(1000),
})
export type PutInForce = z.output<typeof putInForceInput>

/** The longest that rules before may go on counting, in days. */
export const longestKept = 2 * 366

/**
 * Puts a proposed version of a badge's criteria into force: from here on everybody is judged by it, and the instances
 * of the site are told, of which one judges everybody anew. Who holds the badge keeps it.
 * @param admin null for the operator's command line
 * @throws Forbidden; Invalid for a day that is none or has passed; NotFound; Conflict when it is not waiting any more
 */
export async function putInForce(
  tx: Tx,
  admin: Person | null,
  { badge, version, partWay, until, reason }: PutInForce,
): Promise<void> {
  ensure(admin === null || canRunProgramme(admin))
  const keepUntil = partWay === 'keep' ? lastDay(until) : null
  await lock(tx, versionsLock)
  const [known] = await tx
    .select({ id: badgeVersion.id })
    .from(badgeVersion)
    .where(and(eq(badgeVersion.badge, badge), eq(badgeVersion.number, version)))
  if (!known) throw new NotFound()
  const [row] = await tx
    .update(badgeVersion)
    .set({
      ...{ inForceFrom: sql`now()`, putInForceBy: admin?.id ?? null, reason, keepUntil },
      people: sql`(select count(*) from person)`,
    })
    .where(
      and(eq(badgeVersion.id, known.id), isNull(badgeVersion.inForceFrom), isNull(badgeVersion.withdrawnAt)),
    )
    .returning({ id: badgeVersion.id })
  if (!row)
    throw new Conflict('These rules do not wait any more: they are in force already, or were taken back.')
  await audit(tx, admin, 'rules.put_in_force', { badge, version, keepUntil, reason })
  await tx.execute(sql`select pg_notify(${rulesChanged}, '')`)
}

/** @throws Invalid */
function lastDay(until: string): string {
  if (!z.iso.date().safeParse(until).success) throw new Invalid({ until: 'Please give a day.' })
  if (until <= today()) throw new Invalid({ until: 'Please give a day that lies ahead.' })
  if (until > plusDays(today(), longestKept))
    throw new Invalid({ until: 'Please give a day within the next two years.' })
  return until
}
