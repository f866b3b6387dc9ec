import { sql } from 'drizzle-orm'
import type { Tx } from '../../db/client.ts'
import { caughtUp } from '../../db/schema/following.ts'
import type { Person } from '../people/person.ts'

/**
 * Everything up to the post `upTo` has been seen, in every discussion, opened or not; what came later has not. Nobody's
 * business but theirs, so the audit log hears nothing of it.
 */
export async function catchUp(tx: Tx, person: Person, { upTo }: { upTo: number }): Promise<void> {
  const [row] = await tx.execute<{ at: string | null }>(
    sql`select created_at as at from post where id <= ${upTo} order by id desc limit 1`,
  )
  const at = row?.at ? new Date(row.at) : new Date()
  await tx
    .insert(caughtUp)
    .values({ personId: person.id, at })
    .onConflictDoUpdate({ target: caughtUp.personId, set: { at: sql`greatest(caught_up.at, excluded.at)` } })
  await tx.execute(sql`
    update following f set
      read_to = greatest(f.read_to, least(d.last_post_id, ${upTo})),
      read_beyond = array(select id from unnest(f.read_beyond) id where id > ${upTo})
    from discussion d
    where d.id = f.discussion_id and f.person_id = ${person.id} and d.last_post_id > f.read_to`)
  await tx.execute(sql`
    update notification set seen_at = now()
    where person_id = ${person.id} and seen_at is null and kind in ('mentioned', 'replied', 'posted')
      and created_at <= ${at.toISOString()}::timestamptz`)
}
