import { sql } from 'drizzle-orm'
import type { Tx } from '../../db/client.ts'
import { append } from './append.ts'
import { audit } from './audit.ts'
import { lockRecord } from './lock.ts'

/** What an entry says of the person whom it is about. */
const ofHolder = ['holder', 'reason', 'standing']

/**
 * Erases one person from the certification record: that entries are about them, with reason and standing, and that
 * they decided, or proposed, what they did on others. The digests stay, so that chain and tree verify as before; without their
 * salts they say nothing. The erasure itself is an entry, or whoever runs the site could take words away unseen.
 * @param actor who erases; null for the site itself and the operator's command line
 * @returns how many entries it touched
 */
export async function eraseFromRecord(
  tx: Tx,
  personId: number,
  actor: { id: number } | null = null,
): Promise<number> {
  await lockRecord(tx)
  const about = await seqs(tx, sql`person_id = ${personId}`)
  const by = await seqs(tx, sql`actor_id = ${personId}`)
  const proposed = await seqs(
    tx,
    sql`seq in (select seq from record_disclosure where name = 'proposer' and value = to_jsonb(${personId}::bigint))`,
  )
  if (about.length + by.length + proposed.length === 0) return 0

  const pairs = [
    ...about.flatMap(seq => ofHolder.map(part => [seq, part] as const)),
    ...by.map(seq => [seq, 'actor'] as const),
    ...proposed.map(seq => [seq, 'proposer'] as const),
  ]
  // Somebody who erases themselves is not named by that.
  const actorId = actor && actor.id !== personId ? actor.id : null
  await append(
    tx,
    {
      ...{ kind: 'erasure', certificateCode: null, personId: null, badge: null, actorId },
      ...{ override: false, criteria: null, at: new Date() },
    },
    { actor: actorId, erased: pairs },
  )
  await tx.execute(sql`update record_entry set person_id = null where person_id = ${personId}`)
  await tx.execute(sql`update record_entry set actor_id = null where actor_id = ${personId}`)
  await tx.execute(sql`
    delete from record_disclosure where (seq, name) in (select * from unnest(
      ${sql.param(pairs.map(([seq]) => seq))}::bigint[], ${sql.param(pairs.map(([, part]) => part))}::text[]))`)
  const touched = new Set([...about, ...by, ...proposed]).size
  await audit(tx, actorId === null ? null : { id: actorId }, 'record.erased', { entries: touched })
  return touched
}

async function seqs(tx: Tx, where: ReturnType<typeof sql>): Promise<number[]> {
  const rows = await tx.execute<{ seq: string }>(
    sql`select seq from record_entry where ${where} order by seq`,
  )
  return rows.map(({ seq }) => Number(seq))
}
