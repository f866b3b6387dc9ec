import { sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import { Conflict, ensure } from '../errors.ts'
import { asNow } from '../people/load-person.ts'
import type { Person } from '../people/person.ts'
import { cohortsToGrade, type CohortServed } from './cohorts-served.ts'
import { canSeeDesk } from './policy.ts'
import { release } from './release.ts'

/** The answers of one module in one cohort that wait to go out together. */
export interface Batch {
  cohort: CohortServed
  module: string
  answers: number
  /** The oldest promise among them. */
  promisedBy: Date
  /** How many reflections of the module are still with the mentors. */
  waiting: number
}

/** A result that is held, as `r`: not released, and not overtaken by a correction. */
const held = sql`r.released_at is null
  and not exists (select from result newer where newer.post_id = r.post_id and newer.id > r.id)`

/** What is held in the cohorts that a mentor grades in, the oldest promise first. */
export async function heldBatches(db: Queryable, mentor: Person): Promise<Batch[]> {
  const cohorts = await cohortsToGrade(db, mentor)
  const ids = sql.param(cohorts.map(({ cohortId }) => cohortId))
  const rows = await db.execute<{
    cohort_id: string
    module: string
    answers: number
    promised_by: string
    waiting: number
  }>(sql`
    select r.cohort_id, r.module, count(*)::int as answers, min(r.promised_by) as promised_by,
      (select count(*)::int from (select from marking m where m.cohort_id = r.cohort_id and m.module = r.module
        and m.closed_at is null limit 1000) few) as waiting
    from result r join submission s on s.post_id = r.post_id and s.try = r.try
    where r.cohort_id = any(${ids}::bigint[]) and ${held}
    group by r.cohort_id, r.module order by min(r.promised_by)`)
  const byId = new Map(cohorts.map(cohort => [cohort.cohortId, cohort]))
  return rows.map(({ cohort_id, promised_by, ...row }) => ({
    ...row,
    cohort: byId.get(Number(cohort_id))!,
    promisedBy: new Date(promised_by),
  }))
}

/** So many go out in one transaction. */
export const mostReleased = 500

/**
 * Releases what is held of one module in one cohort. Those about whose author somebody worries stay back.
 * @returns whose standing may have changed
 * @throws Forbidden; Conflict when nothing is held there any more
 */
export async function releaseBatch(
  tx: Tx,
  content: Content,
  person: Person,
  { cohort, module }: { cohort: number; module: string },
): Promise<{ authorIds: number[] }> {
  const mentor = await asNow(tx, person)
  ensure(canSeeDesk(mentor))
  ensure((await cohortsToGrade(tx, mentor)).some(({ cohortId }) => cohortId === cohort))
  const rows = await tx.execute<{ id: string; author_id: string }>(sql`
    select r.id, r.author_id from result r join submission s on s.post_id = r.post_id and s.try = r.try
    where r.cohort_id = ${cohort} and r.module = ${module} and ${held}
      and not exists (select from report w where w.post_id = r.post_id and w.concern and w.handled_at is null)
    order by r.post_id limit ${mostReleased} for update of s, r`)
  if (rows.length === 0)
    throw new Conflict(
      'Nothing is held here any more: somebody has released it, or somebody is worried first.',
    )
  for (const { id } of rows) await release(tx, content, mentor, Number(id))
  return { authorIds: [...new Set(rows.map(row => Number(row.author_id)))] }
}
