import { sql } from 'drizzle-orm'
import type { Queryable } from '../../../db/client.ts'
import type { Content } from '../../authoring/content.ts'
import { dayInWords } from '../../layout/time.ts'
import { running } from '../../people/in-force.ts'
import type { Person } from '../../people/person.ts'
import type { Badge } from '../badge.ts'
import { loadFacts, today } from '../load-facts.ts'
import { canDecide } from '../policy.ts'
import { waitingAmong } from '../queue.ts'
import { standingOn } from '../standing-of.ts'
import { unmetIn } from '../standing.ts'
import { type Concern, concernsAbout } from './concerns.ts'
import { inShort } from './in-short.ts'
import { type Pick, pickName } from './picks.ts'

/** One of those whom an admin means to grant a badge together with others. */
export interface Chosen extends Pick {
  /** As the form names them. */
  name: string
  handle: string
  displayName: string
  title: string
  concerns: readonly Concern[]
  standsOn: readonly string[]
  /** Whether it can be granted; else whether they hold it, since when, or why not. */
  state: 'waits' | { holdsSince: Date } | { why: string }
}

interface Row extends Record<string, unknown> {
  id: string
  handle: string
  display_name: string
  age_band: 'adult' | 'teen'
  suspended: boolean
  holds: Record<string, string>
  rests: Record<string, string>
}

/**
 * Those who were chosen in the queue, in that order, as they are at this moment: before the press, and after it. Half a
 * dozen statements, however many they are. Who is not there is left out.
 * @throws Forbidden
 */
export async function together(
  db: Queryable,
  content: Content,
  admin: Person,
  picks: readonly Pick[],
): Promise<Chosen[]> {
  const ids = [...new Set(picks.map(({ personId }) => personId))]
  const [concerns, waiting, rows, facts] = await Promise.all([
    concernsAbout(db, admin, ids),
    waitingAmong(db, content, admin, ids),
    peopleAsChosen(db, ids),
    loadFacts(db, content, ids),
  ])
  const people = new Map(rows.map(row => [Number(row.id), row]))
  const names = new Set(waiting.map(pickName))
  return picks.flatMap(pick => {
    const [row, badge, theirs] = [
      people.get(pick.personId),
      content.badge(pick.badge),
      facts.get(pick.personId),
    ]
    if (!row || !badge || !theirs) return []
    const standing = standingOn(content, badge, theirs)
    const may = canDecide(admin, { id: pick.personId })
    const waits = names.has(pickName(pick)) && standing.met
    return {
      ...{ ...pick, name: pickName(pick), handle: row.handle, displayName: row.display_name },
      ...{ title: badge.title[row.age_band], concerns: concerns.get(pick.personId) ?? [] },
      standsOn: inShort(standing),
      state: may && waits ? ('waits' as const) : stateOf(badge, row, unmetIn(standing), may),
    }
  })
}

const peopleAsChosen = (db: Queryable, ids: readonly number[]) =>
  db.execute<Row>(sql`
    select p.id, p.handle, p.display_name, p.age_band,
      exists (select from suspension s where s.person_id = p.id and s.ended_at is null) as suspended,
      coalesce((select jsonb_object_agg(c.badge, c.granted_at) from certificate c where c.person_id = p.id
        and ${running}), '{}') as holds,
      coalesce((select jsonb_object_agg(r.badge, r.until) from rest r where r.person_id = p.id
        and r.ended_at is null and r.until > ${today()}::date), '{}') as rests
    from person p where p.id = any(${sql.param([...ids])}::bigint[])`)

function stateOf({ id }: Badge, { holds, rests, suspended }: Row, unmet: string[], may: boolean) {
  if (!may) return { why: 'This is about you, so another admin has to decide it.' }
  if (holds[id]) return { holdsSince: new Date(holds[id]) }
  if (suspended) return { why: 'Their account is suspended.' }
  if (rests[id]) return { why: `Declined: they can try again from ${dayInWords(new Date(rests[id]))}.` }
  return { why: `The criteria are not met any more. Missing: ${unmet.join(', ')}.` }
}
