import { sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../../db/client.ts'
import { findPerson } from '../people/load-person.ts'
import { auditEach } from '../record/audit.ts'
import { tellDesks } from './claims.ts'

/** How many reflections are handed out to somebody, or claimed by them at this moment. */
export async function openWorkOf(db: Queryable, personId: number): Promise<number> {
  const [row] = await db.execute<{ count: number }>(
    sql`select count(*)::int as count from marking m where ${theirs(personId)}`,
  )
  return row!.count
}

/** Gives back to everybody what is on the desk of somebody who may not grade any more; of others it touches nothing. */
export async function layDown(tx: Tx, personId: number): Promise<void> {
  const person = await findPerson(tx, { id: personId })
  if (!person || person.rights.grade) return
  const rows = await tx.execute<{ id: string; post_id: string }>(sql`
    with held as (select id from marking m where ${theirs(personId)} order by id for update)
    update marking set handed_to_id = nullif(handed_to_id, ${personId}),
      claimed_by_id = nullif(claimed_by_id, ${personId}),
      claimed_until = case when claimed_by_id = ${personId} then null else claimed_until end,
      claim_key = case when claimed_by_id = ${personId} then null else claim_key end
    from held where marking.id = held.id returning marking.id, marking.post_id`)
  await auditEach(
    tx,
    null,
    'reflection.taken_back',
    rows.map(({ id, post_id }) => ({
      subject: personId,
      details: { post: Number(post_id), marking: Number(id), why: 'unavailable' },
    })),
  )
  for (const { id } of rows) await tellDesks(tx, Number(id))
}

const theirs = (personId: number) => sql`m.closed_at is null
  and (m.handed_to_id = ${personId} or (m.claimed_by_id = ${personId} and m.claimed_until > now()))`
