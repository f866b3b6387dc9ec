import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Queryable } from '../../../db/client.ts'
import type { Content } from '../../authoring/content.ts'
import { ensure, found } from '../../errors.ts'
import type { Person } from '../../people/person.ts'
import type { Badge } from '../badge.ts'
import { judge } from '../criteria.ts'
import { loadFacts, today } from '../load-facts.ts'
import { canSeeStanding } from '../policy.ts'
import type { Standing } from '../standing.ts'

/** How somebody stood to a badge on a day. */
export interface OnADay {
  /** The ISO day (UTC) that it is told for: the one that was asked for, within the days that there are. */
  on: string
  /** The days that can be asked for: from the day on which they came. */
  first: string
  last: string
  standing: Standing
}

/**
 * How a person stood to a badge on the evening of a day, by the facts that the record had then and by what the badge asks
 * today. What was corrected or taken back since is as it was before.
 * @param asked an ISO day as an address has it; anything else is today
 * @throws Forbidden, NotFound
 */
export async function standingOnDay(
  db: Queryable,
  content: Content,
  viewer: Person,
  { person, badge, asked }: { person: { id: number }; badge: Badge; asked: string | null },
): Promise<OnADay> {
  ensure(canSeeStanding(viewer, person))
  const [came] = await db.execute<{ on: string }>(sql`
    select (created_at at time zone 'utc')::date as on from person where id = ${person.id}`)
  const [first, last] = [found(came).on, today()]
  const day = z.iso.date().safeParse(asked).data ?? last
  const on = day > last ? last : day < first ? first : day
  const facts = found((await loadFacts(db, content, [person.id], { asOf: on })).get(person.id))
  return { on, first, last, standing: judge(badge.criteria, facts, on, content.outline) }
}
