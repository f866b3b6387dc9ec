import { type SQL, sql } from 'drizzle-orm'
import type { Tx } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import { ensure } from '../errors.ts'
import { asNow } from '../people/load-person.ts'
import type { Person } from '../people/person.ts'
import { takeMarking } from './claims.ts'
import { cohortsOpen, type CohortServed } from './cohorts-served.ts'
import { canSeeDesk } from './policy.ts'
import { type DeskFilter, free, wantedIn } from './queue.ts'

/** So many are looked at in one go; most of the time the first is free. */
const handful = 20

/**
 * Takes the marking with the oldest promise among those that nobody else is at work on: what was handed out to the
 * mentor first, then what was handed out to nobody, then anything.
 * @returns its id, or null when nothing waits
 * @throws Forbidden
 */
export async function claimNext(
  tx: Tx,
  content: Content,
  person: Person,
  filter: DeskFilter = {},
): Promise<number | null> {
  const mentor = await asNow(tx, person)
  ensure(canSeeDesk(mentor))
  const { open: cohorts } = await cohortsOpen(tx, content, mentor)
  const id =
    (await oldestFree(tx, mentor, cohorts, { ...filter, whose: 'mine' }, sql`true`)) ??
    (await oldestFree(tx, mentor, cohorts, filter, sql`m.handed_to_id is null`)) ??
    (await oldestFree(tx, mentor, cohorts, filter, sql`m.handed_to_id is not null`))
  if (id !== null) await takeMarking(tx, content, mentor, id)
  return id
}

/** Locked; one that another mentor is taking at this very moment is passed over, and none is missed. */
async function oldestFree(
  tx: Tx,
  mentor: Person,
  cohorts: readonly CohortServed[],
  filter: DeskFilter,
  where: SQL,
): Promise<number | null> {
  const passedOver: number[] = []
  for (;;) {
    const wanted = sql`m.paused_at is null and ${free(mentor.id)} and ${where}
      and m.id <> all(${sql.param(passedOver)}::bigint[])`
    const candidates = await tx.execute<{ id: string }>(sql`
      select w.id from ${wantedIn(mentor, cohorts, filter, wanted, handful)}
      order by w.promised_by, w.id limit ${handful}`)
    if (candidates.length === 0) return null
    const ids = candidates.map(({ id }) => Number(id))
    const locked = await lockFirst(tx, mentor, ids)
    if (locked !== null) return locked
    passedOver.push(...ids)
  }
}

/** Asked again as it is locked: it may have been claimed in between. The submission is held before its marking. */
async function lockFirst(tx: Tx, { id: mentorId }: Person, ids: readonly number[]): Promise<number | null> {
  const [row] = await tx.execute<{ id: string }>(sql`
    select m.id from marking m join submission s on s.post_id = m.post_id
    where m.id = any(${sql.param(ids)}::bigint[]) and m.closed_at is null and m.paused_at is null and ${free(mentorId)}
    order by m.promised_by, m.id limit 1
    for update of s, m skip locked`)
  return row ? Number(row.id) : null
}
