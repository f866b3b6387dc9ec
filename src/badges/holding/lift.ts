import { sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../../../db/client.ts'
import type { Content } from '../../authoring/content.ts'
import { running } from '../../people/in-force.ts'
import { notify } from '../../people/notifications.ts'
import { tryLockRecord } from '../../record/lock.ts'
import { openCase } from '../deciding.ts'
import { dutyNotDone } from './reason.ts'
import { reinstateCertificate } from './suspend-certificate.ts'

/** A badge whose suspension for a duty has nothing left to stand on. */
export interface Liftable {
  personId: number
  badge: string
}

/**
 * The badges that were suspended for a duty which has been done since, or is asked no more, while no other of the same
 * badge is overdue; of these people, or of everybody, by an index of those suspended for a duty.
 */
export async function liftable(
  db: Queryable,
  content: Content,
  personIds?: readonly number[],
): Promise<Liftable[]> {
  const rows = await db.execute<{ person_id: string; badge: string }>(sql`
    select c.person_id, c.badge from certificate c
    where ${running} and c.suspended_at is not null and c.suspended_for = ${dutyNotDone(content).id}
      and ${personIds ? sql`c.person_id = any(${sql.param([...personIds])}::bigint[])` : sql`true`}
      and exists (select from duty d where d.certificate_id = c.id and coalesce(d.done_at, d.let_go_at) >= c.suspended_at)
      and not exists (select from duty d where d.certificate_id = c.id and d.done_at is null and d.let_go_at is null
        and d.due_on < (now() at time zone 'utc')::date)
    order by c.id`)
  return rows
    .filter(({ badge }) => content.badge(badge))
    .map(row => ({ personId: Number(row.person_id), badge: row.badge }))
}

/**
 * Reinstates those of these people whose duties have just been done. Whoever calls this may hold their rows already, so
 * that nobody waits for the record here: decisions take the record first and the person then. Where it is somebody
 * else's at this moment, the site does it within a minute (`tendDuties`).
 * @returns whose standing has to be judged anew
 */
export async function liftWhereDone(
  tx: Tx,
  content: Content,
  personIds: readonly number[],
): Promise<number[]> {
  const due = personIds.length === 0 ? [] : await liftable(tx, content, personIds)
  if (due.length === 0 || !(await tryLockRecord(tx))) return []
  for (const one of due) await lift(tx, content, one)
  return due.map(({ personId }) => personId)
}

/** Reinstates a badge, since its duty is done. */
export async function lift(tx: Tx, content: Content, { personId, badge }: Liftable): Promise<void> {
  const open = await openCase(tx, content, null, { personId, badge })
  if (!open.current?.suspendedAt) return
  const why = { admin: null, reason: '', at: new Date() }
  await reinstateCertificate(tx, content, open, open.current, why)
  await notify(tx, personId, {
    kind: 'badge_reinstated',
    summary: `Thank you for finishing it: your badge ${open.badge.title[open.facts.ageBand]} holds again.`,
    href: `/path/${badge}`,
  })
}
