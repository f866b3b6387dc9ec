import { sql } from 'drizzle-orm'
import type { Queryable } from '../../../db/client.ts'
import type { Content } from '../../authoring/content.ts'
import { takesPart } from '../../discussions/taking-part.ts'
import { isComplete } from '../coursework.ts'
import { plusDays } from '../day.ts'
import type { Facts } from '../facts.ts'
import { today } from '../load-facts.ts'
import type { Leaf } from '../standing.ts'
import { type Deed, longestWindow, type Pace, windowFor } from './pace.ts'

/** What a person did of late, and what of it waits for somebody else. */
export interface Lately {
  pace: Pace
  waiting: readonly Waiting[]
}

/** Reflections handed in, by module, and practice written down, by kind, that nobody has answered yet. */
export interface Waiting {
  what: 'reflection' | 'evidence'
  of: string
  count: number
}

interface Row extends Record<string, unknown> {
  what: Deed['what'] | 'waiting reflection' | 'waiting evidence' | 'came'
  of: string
  on: string
  count: number
}

/**
 * What a person did in the last eight weeks that counts towards badges, in one query by indexes. Coursework counts on
 * the first day when it counted, practice on the day when it was.
 * @param facts of the same person, which say what of a course is complete
 */
export async function latelyOf(
  db: Queryable,
  content: Content,
  personId: number,
  facts: Facts,
): Promise<Lately> {
  const since = sql`(${plusDays(today(), 1 - longestWindow)}::timestamp at time zone 'utc')`
  const rows = await db.execute<Row>(sql`
    select 'came' as what, '' as of, (created_at at time zone 'utc')::date as on, 0 as count
      from person where id = ${personId}
    union all select 'guide', guide, (at at time zone 'utc')::date, 1
      from guide_completion where person_id = ${personId} and at >= ${since}
    union all select 'reading', module, (min(at) at time zone 'utc')::date, 1
      from reading where person_id = ${personId} group by module having min(at) >= ${since}
    union all select 'quiz', quiz, (min(submitted_at) at time zone 'utc')::date, 1
      from attempt where person_id = ${personId} and passed and counts and quiz not like 'guides/%'
      group by quiz having min(submitted_at) >= ${since}
    union all select 'reflection', s.module, (min(coalesce(r.released, s.submitted_at)) at time zone 'utc')::date, 1
      from submission s left join lateral (
        select min(released_at) as released from result where post_id = s.post_id and outcome <> 'return') r on true
      where s.author_id = ${personId} and s.state = 'passed'
      group by s.module having min(coalesce(r.released, s.submitted_at)) >= ${since}
    union all select 'reply', discussion.module, (min(post.created_at) at time zone 'utc')::date, 1
      from post join post thread on thread.id = post.parent_id join discussion on discussion.id = post.discussion_id
      where post.author_id = ${personId} and ${takesPart} and post.removed is null
      group by discussion.module having min(post.created_at) >= ${since}
    union all select 'evidence', kind, occurred_on, sum(count)::int
      from evidence where person_id = ${personId} and state = 'confirmed' and source <> 'correction'
        and occurred_on > ${today()}::date - ${longestWindow}::int group by kind, occurred_on
    union all select 'waiting reflection', module, null, count(*)::int
      from submission where author_id = ${personId} and state = 'submitted' group by module
    union all select 'waiting evidence', kind, null, sum(count)::int
      from evidence where person_id = ${personId} and state = 'logged' group by kind`)
  const deeds = rows.filter(isDeed)
  const cameOn = rows.find(({ what }) => what === 'came')?.on ?? today()
  return {
    pace: { deeds: [...deeds, ...completed(content, facts, deeds)], days: windowFor(cameOn, today()) },
    waiting: rows.filter(isWaiting).map(({ what, of, count }) => ({
      ...{ of, count },
      what: what === 'waiting reflection' ? ('reflection' as const) : ('evidence' as const),
    })),
  }
}

const isWaiting = ({ what }: Row) => what === 'waiting reflection' || what === 'waiting evidence'
const isDeed = (row: Row): row is Row & Deed => !isWaiting(row) && row.what !== 'came'

/** A module that is complete was completed on the day of the last thing done in it. */
function completed({ outline }: Content, facts: Facts, deeds: readonly Deed[]): Deed[] {
  const modules = [...outline.courses.values()].flatMap(course => course.modules)
  return modules.flatMap(module => {
    const last = deeds
      .filter(({ what, of }) => of === module.id && what !== 'guide' && what !== 'evidence')
      .map(({ on }) => on)
      .toSorted()
      .at(-1)
    return last !== undefined && isComplete(module, facts)
      ? [{ what: 'module' as const, of: module.id, on: last, count: 1 }]
      : []
  })
}

/** How much of what a leaf counts waits for somebody else's answer. */
export function waitingFor(leaf: Leaf, waiting: readonly Waiting[]): number {
  const ofLeaf = waiting.filter(({ what, of }) => {
    if (leaf.kind === 'evidence') return what === 'evidence' && of === leaf.evidence
    if (leaf.kind !== 'reflections-passed' && leaf.kind !== 'course-complete') return false
    return what === 'reflection' && (leaf.course === null || of.startsWith(`${leaf.course}/`))
  })
  return ofLeaf.reduce((sum, { count }) => sum + count, 0)
}

/** Whether there is nothing more to do about a leaf before others have answered. */
export const isWithOthers =
  ({ waiting }: Lately) =>
  (leaf: Leaf): boolean =>
    !leaf.met && waitingFor(leaf, waiting) >= leaf.need - leaf.have
