import { sql } from 'drizzle-orm'
import type { Queryable } from '../../../db/client.ts'
import { ensure } from '../../errors.ts'
import type { Person } from '../../people/person.ts'
import { today } from '../load-facts.ts'
import { canSeeStanding } from '../policy.ts'

/** The decisions that one can appeal against. */
export const appealable = ['decline', 'suspension', 'revocation'] as const
export type Appealable = (typeof appealable)[number]

/** For how many days after a decision one can appeal against it. */
export const appealWithin = 56
/** Within how many days an answer is promised. */
export const answerWithin = 14

/** What was last decided against somebody who wants a badge, and what they said to it. */
export interface Decided {
  /** Its entry in the certification record. */
  seq: number
  kind: Appealable
  at: Date
  reason: string
  /** The last day (UTC) on which one can appeal against it. */
  appealBy: string
  /** The first day (UTC) on which one can try again, while it lies ahead. */
  until: string | null
  appeal: {
    id: number
    statement: string
    at: Date
    /** The day (UTC) by which an answer is promised. */
    promisedBy: string
    outcome: 'upheld' | 'stands' | 'moot' | null
    answer: string
    endedAt: Date | null
  } | null
}

interface Row extends Record<string, unknown> {
  seq: string
  kind: string
  at: string
  reason: string | null
  appeal_by: string
  until: string | null
  appeal: string | null
  statement: string
  appealed_at: string
  promised_by: string
  outcome: 'upheld' | 'stands' | 'moot' | null
  answer: string
  ended_at: string | null
}

/**
 * The last decision on a badge, where it went against the person and nothing came after it. Null otherwise.
 * @throws Forbidden for anybody but the person and the admins
 */
export async function decidedAgainst(
  db: Queryable,
  viewer: Person,
  { personId, badge }: { personId: number; badge: string },
): Promise<Decided | null> {
  ensure(canSeeStanding(viewer, { id: personId }))
  const [row] = await db.execute<Row>(sql`
    select e.seq, e.kind, e.at, d.value #>> '{}' as reason, (e.at at time zone 'utc')::date + ${appealWithin}::int as appeal_by,
      r.until, a.id as appeal, a.statement, a.at as appealed_at, (a.at at time zone 'utc')::date + ${answerWithin}::int as promised_by,
      a.outcome, a.answer, a.ended_at
    from (select * from record_entry where person_id = ${personId} and badge = ${badge} order by seq desc limit 1) e
      left join record_disclosure d on d.seq = e.seq and d.name = 'reason'
      left join badge_appeal a on a.seq = e.seq
      left join rest r on r.person_id = ${personId} and r.badge = ${badge} and r.ended_at is null and r.until > ${today()}::date`)
  return row && isAppealable(row.kind) ? decidedFrom(row, row.kind) : null
}

const isAppealable = (kind: string): kind is Appealable => appealable.some(one => one === kind)

const decidedFrom = (row: Row, kind: Appealable): Decided => ({
  ...{ seq: Number(row.seq), kind, at: new Date(row.at), reason: row.reason ?? '' },
  ...{ appealBy: row.appeal_by, until: row.until },
  appeal:
    row.appeal === null
      ? null
      : {
          ...{ id: Number(row.appeal), statement: row.statement, at: new Date(row.appealed_at) },
          ...{ promisedBy: row.promised_by, outcome: row.outcome, answer: row.answer },
          endedAt: row.ended_at === null ? null : new Date(row.ended_at),
        },
})

/** Whether one can appeal against it today: once, and for so long. */
export const canAppeal = ({ appeal, appealBy }: Decided): boolean => appeal === null && today() <= appealBy
