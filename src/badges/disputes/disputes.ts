import { sql } from 'drizzle-orm'
import type { Queryable } from '../../../db/client.ts'
import type { dispute } from '../../../db/schema/disputes.ts'
import { ensure, found } from '../../errors.ts'
import type { Person } from '../../people/person.ts'
import { canRunProgramme } from '../../people/policy.ts'
import { canSeeStanding } from '../policy.ts'
import { keyOf } from './counter.ts'

/** What somebody says of a counter of theirs, and what became of it. */
export interface Dispute {
  id: number
  person: { id: number; handle: string; displayName: string }
  badge: string
  /** The key of what is counted. */
  counter: string
  /** What it said when they contested it. */
  shown: string
  claimed: string
  words: string
  at: Date
  endedAt: Date | null
  outcome: (typeof dispute.$inferSelect)['outcome']
  answeredBy: string | null
  answer: string
}

interface Row
  extends Record<string, unknown>, Omit<Dispute, 'id' | 'person' | 'at' | 'endedAt' | 'answeredBy'> {
  id: string
  person_id: string
  handle: string
  display_name: string
  course: string | null
  of: string | null
  at: string
  ended_at: string | null
  answered_by: string | null
}

const rows = (db: Queryable, which: ReturnType<typeof sql>) =>
  db.execute<Row>(sql`
    select d.id, d.person_id, p.handle, p.display_name, d.badge, d.counter, d.course, d.of, d.shown, d.claimed, d.words,
      d.at, d.ended_at, d.outcome, a.handle as answered_by, d.answer
    from dispute d join person p on p.id = d.person_id left join person a on a.id = d.answered_by_id
    where ${which}`)

const disputeFrom = (row: Row): Dispute => ({
  ...{ id: Number(row.id), badge: row.badge, counter: keyOf(row), shown: row.shown },
  person: { id: Number(row.person_id), handle: row.handle, displayName: row.display_name },
  ...{
    claimed: row.claimed,
    words: row.words,
    at: new Date(row.at),
    outcome: row.outcome,
    answer: row.answer,
  },
  endedAt: row.ended_at === null ? null : new Date(row.ended_at),
  answeredBy: row.answered_by,
})

const pageSize = 50

/**
 * What waits for an answer, the oldest first; or what was answered, the latest first.
 * @param after the id that the page before ended with
 * @throws Forbidden
 */
export async function disputes(
  db: Queryable,
  admin: Person,
  { answered, after }: { answered: boolean; after?: number | undefined },
): Promise<{ disputes: Dispute[]; next: number | null }> {
  ensure(canRunProgramme(admin))
  const page = answered
    ? sql`d.ended_at is not null and d.id < ${after ?? Number.MAX_SAFE_INTEGER} order by d.id desc limit ${pageSize + 1}`
    : sql`d.ended_at is null and d.id > ${after ?? 0} order by d.id limit ${pageSize + 1}`
  const found = (await rows(db, page)).map(disputeFrom)
  const shown = found.slice(0, pageSize)
  return { disputes: shown, next: found.length > pageSize ? shown.at(-1)!.id : null }
}

/** @throws Forbidden, NotFound */
export async function disputeFor(db: Queryable, admin: Person, id: number): Promise<Dispute> {
  ensure(canRunProgramme(admin))
  return disputeFrom(found((await rows(db, sql`d.id = ${id}`))[0]))
}

/** What a person has said of their counters, the latest first. @throws Forbidden */
export async function disputesOf(db: Queryable, viewer: Person, personId: number): Promise<Dispute[]> {
  ensure(canSeeStanding(viewer, { id: personId }))
  return (await rows(db, sql`d.person_id = ${personId} order by d.id desc limit 50`)).map(disputeFrom)
}

/** What became of a dispute, for whoever contested it and whoever reads of it. */
export const outcomeWords: Record<NonNullable<Dispute['outcome']>, string> = {
  stands: 'It stands',
  corrected: 'Corrected',
  elsewhere: 'Put right where it came from',
  withdrawn: 'Taken back',
}
