import { sql } from 'drizzle-orm'
import type { Queryable } from '../../../../db/client.ts'
import { type PersonRow, personColumns, personFrom } from '../../../people/load-person.ts'
import { barredFrom, markingColumns } from '../../barred.ts'
import { canGrade } from '../../policy.ts'
import type { DeskFilter } from '../../queue.ts'

/** A marking as the one who is told of it may know it. */
export interface Heard {
  id: number
  personId: number
  cohortId: number
  course: string
  module: string
  try: number
  handedToThem: boolean
  promisedBy: Date
  paused: boolean
  closed: boolean
  /** Who is at work on it, and until when at least. */
  claim: { handle: string; until: Date } | null
}

interface Row extends PersonRow {
  marking_id: string
  cohort_id: string
  course: string
  self_paced: boolean
  module: string
  try: number
  handed_to_them: boolean
  promised_by: string
  paused: boolean
  closed: boolean
  holder: string | null
  claimed_until: string
}

/**
 * How markings stand now, for each of the people who are to be told: only of what they may grade themselves, by the
 * rights that they have at this moment.
 */
export async function toldOf(
  db: Queryable,
  pairs: readonly { marking: number; person: number }[],
): Promise<Heard[]> {
  if (pairs.length === 0) return []
  const rows = await db.execute<Row>(sql`
    with listener as materialized (
      select ${personColumns} from person
      where person.id = any(${sql.param([...new Set(pairs.map(({ person }) => person))])}::bigint[])
    )
    select listener.*, m.id as marking_id, m.cohort_id, c.course, c.self_paced, m.module, m.try,
      m.handed_to_id is not distinct from listener.id as handed_to_them, m.promised_by, m.paused_at is not null as paused,
      m.closed_at is not null as closed, holder.handle as holder, m.claimed_until
    from unnest(
        ${sql.param(pairs.map(({ marking }) => marking))}::bigint[],
        ${sql.param(pairs.map(({ person }) => person))}::bigint[]
      ) as wanted(marking, person)
      join marking m on m.id = wanted.marking
      join cohort c on c.id = m.cohort_id
      join listener on listener.id = wanted.person
      left join person holder on holder.id = m.claimed_by_id and m.claimed_until > clock_timestamp()
    where ${barredFrom(markingColumns('m'), sql.raw('listener.id'))} is null`)
  return rows.filter(isFor).map(heardFrom)
}

const isFor = (row: Row): boolean =>
  !row.suspended &&
  canGrade(personFrom(row), { cohortId: Number(row.cohort_id), selfPaced: row.self_paced, barred: null })

const heardFrom = (row: Row): Heard => ({
  id: Number(row.marking_id),
  personId: Number(row.id),
  cohortId: Number(row.cohort_id),
  course: row.course,
  module: row.module,
  try: row.try,
  handedToThem: row.handed_to_them,
  promisedBy: new Date(row.promised_by),
  paused: row.paused,
  closed: row.closed,
  claim: row.holder === null ? null : { handle: row.holder, until: new Date(row.claimed_until) },
})

/** Whether a marking that has just opened belongs to what this filter shows. */
export const suitsFilter = (heard: Heard, { course, cohort, module, tries, whose }: DeskFilter): boolean =>
  (course === undefined || heard.course === course) &&
  (cohort === undefined || heard.cohortId === cohort) &&
  (module === undefined || heard.module === module) &&
  (tries === undefined || (tries === 'first') === (heard.try === 1)) &&
  (whose !== 'mine' || heard.handedToThem)
