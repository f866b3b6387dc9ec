import { type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from '../../../db/client.ts'
import type { Content } from '../../authoring/content.ts'
import { ensure } from '../../errors.ts'
import type { Person } from '../../people/person.ts'
import { canRunProgramme } from '../../people/policy.ts'
import type { Criterion } from '../criterion.ts'
import { factsOfEverybody } from '../everybody/facts-of-everybody.ts'
import { daysInSql } from '../everybody/in-sql.ts'
import { inForce, isSuspended } from '../../people/in-force.ts'
import { today } from '../load-facts.ts'
import { datedIn } from '../outline.ts'
import { leftInSql } from './things-left.ts'

/** Whose names can be looked at. */
export const groups = ['gain', 'lose', 'near', 'away'] as const
export type Group = (typeof groups)[number]

/**
 * What other criteria would change today, of people who do not hold the badge and are not suspended. Within reach is
 * who has one thing left.
 */
export interface Preview {
  /** Everybody it was counted among, holders included. */
  people: number
  /** Who would meet it, and does not. */
  gain: number
  /** Who meets it, and would not. */
  lose: number
  /** Who meets it, and would. */
  stay: number
  /** Within reach under the new rules. */
  near: number
  /** Within reach as things are, and neither that nor meeting it under the new rules. */
  away: number
  /** Within reach as things are. */
  nearNow: number
  /** Who holds the badge, and keeps it. */
  holders: number
  /** Holders who would not meet the new rules. */
  holdersShort: number
  /** People of one of the groups, by the order in which they came. */
  page: { id: number; handle: string; displayName: string }[]
  /** Where the next page begins. */
  next: number | null
  /** How long the counting took, in milliseconds. */
  took: number
}

const pageSize = 50
const longest = '20s'

interface Row extends Record<string, unknown>, Omit<Preview, 'page' | 'next' | 'took'> {
  page: Preview['page']
}

/**
 * Compares a badge's criteria in force with other ones, for everybody at once.
 * @param after the id of the last person of the page before
 * @returns null when counting takes more than twenty seconds
 * @throws Forbidden
 */
export async function previewRules(
  db: Db,
  content: Content,
  admin: Person | null,
  change: { badge: string; from: Criterion; to: Criterion },
  { group = 'gain', after = 0 }: { group?: Group; after?: number } = {},
): Promise<Preview | null> {
  ensure(admin === null || canRunProgramme(admin))
  const began = performance.now()
  const row = await withinReason(db, tx => tx.execute<Row>(statement(content, change, group, after)))
  if (!row) return null
  const page = row.page.slice(0, pageSize)
  const next = row.page.length > pageSize ? page.at(-1)!.id : null
  return { ...row, page, next, took: performance.now() - began }
}

const withinReason = (db: Db, work: (tx: Tx) => Promise<Row[]>): Promise<Row | null> =>
  db
    .transaction(async tx => {
      await tx.execute(sql`select set_config('statement_timeout', ${longest}, true),
        set_config('jit', 'off', true), set_config('work_mem', '32MB', true)`)
      const [row] = await work(tx)
      return row!
    })
    .catch((error: unknown) => {
      if (isTimeout(error)) return null
      throw error
    })

const isTimeout = (error: unknown): boolean =>
  error instanceof Error && (('code' in error && error.code === '57014') || isTimeout(error.cause))

/** Facts are joined once: what neither of the two asks for is then never looked up. */
function statement(
  content: Content,
  { badge, from, to }: { badge: string; from: Criterion; to: Criterion },
  group: Group,
  after: number,
): SQL {
  const { outline } = content
  const day = sql`${today()}::date`
  const everybody = () => sql`true`
  return sql`
    with ${factsOfEverybody(withDays(content, [from, to]), everybody)}, judged as materialized (
      select f.person_id, ${daysInSql(from, outline)} @> ${day} as met, ${daysInSql(to, outline)} @> ${day} as meets,
        ${leftInSql(from, outline, day)} = 1 as was_near, ${leftInSql(to, outline, day)} = 1 as near,
        exists (select from certificate c where c.person_id = f.person_id and c.badge = ${badge} and ${inForce}) as holds
      from f
    ), compared as (
      select j.*, not holds and meets and not met as gain, not holds and met and not meets as lose,
        not holds and met and meets as stay, not holds and near and not meets as reach,
        not holds and was_near and not met as reached
      from judged j join person p on p.id = j.person_id where not ${isSuspended}
    ), grouped as (select *, reached and not reach and not meets as away from compared)
    select count(*)::int as people, ${counts({ gain: 'gain', lose: 'lose', stay: 'stay', near: 'reach', away: 'away' })},
      count(*) filter (where reached)::int as "nearNow", count(*) filter (where holds)::int as holders,
      count(*) filter (where holds and not meets)::int as "holdersShort",
      coalesce((select jsonb_agg(jsonb_build_object('id', id, 'handle', handle, 'displayName', display_name) order by id)
        from (select p.id, p.handle, p.display_name from grouped g join person p on p.id = g.person_id
          where ${sql.identifier(group === 'near' ? 'reach' : group)} and p.id > ${after}::bigint
          order by p.id limit ${pageSize + 1}) listed), '[]') as page
    from grouped`
}

/** The days that the two ask for are facts, also where nothing in force asks for them. */
const withDays = (content: Content, criteria: Criterion[]): Content => ({
  ...content,
  outline: { ...content.outline, dated: datedIn(criteria.map(one => ({ criteria: one }))) },
})

const counts = (columns: Record<string, string>) =>
  sql.join(
    Object.entries(columns).map(
      ([as, column]) => sql`count(*) filter (where ${sql.identifier(column)})::int as ${sql.identifier(as)}`,
    ),
    sql`, `,
  )
