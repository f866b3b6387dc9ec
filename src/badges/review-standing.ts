import { sql } from 'drizzle-orm'
import type { Db, Tx } from '../../db/client.ts'
import { siteFact } from '../../db/schema/record.ts'
import type { Content } from '../authoring/content.ts'
import { finishCourses } from '../courses/finishing.ts'
import { isComplete } from './coursework.ts'
import { judge } from './criteria.ts'
import { asMultirange } from './days-met.ts'
import { reviewDuties } from './duties.ts'
import type { Facts } from './facts.ts'
import { keptStandings } from './kept-standings.ts'
import { loadFacts, today } from './load-facts.ts'

/**
 * Brings a person's standings and duties up to date, in the transaction of the write that changed a fact. Two such
 * writes at once wait for each other at the person's row, so that the second sees what the first changed.
 */
export async function reviewStanding(tx: Tx, content: Content, personId: number): Promise<void> {
  await tx.execute(sql`select from person where id = ${personId} for no key update`)
  await writeStandings(tx, content, [personId])
}

/** The same for many people at once, in a handful of statements. */
export async function reviewStandings(tx: Tx, content: Content, personIds: readonly number[]): Promise<void> {
  if (personIds.length === 0) return
  // By id, so that two who review some of the same people never wait for each other in a circle.
  await tx.execute(
    sql`select from person where id = any(${sql.param(personIds)}::bigint[]) order by id for no key update`,
  )
  await writeStandings(tx, content, [...personIds])
}

const batch = 2000

/**
 * Judges everybody anew, in batches, each in its own transaction.
 * @param told is called after each batch with how many people of how many are done
 * @returns how many standings differed from what was stored
 */
export async function rebuildStandings(
  db: Db,
  content: Content,
  told: (done: number, all: number) => void = () => {},
): Promise<number> {
  const [count] = await db.execute<{ all: number }>(sql`select count(*)::int as all from person`)
  let done = 0
  let changed = 0
  for (let after = 0; ;) {
    const ids = await db.transaction(async tx => {
      const rows = await tx.execute<{ id: string }>(
        sql`select id from person where id > ${after} order by id limit ${batch} for no key update`,
      )
      const people = rows.map(row => Number(row.id))
      changed += await writeStandings(tx, content, people)
      return people
    })
    if (ids.length === 0) break
    after = ids.at(-1)!
    told((done += ids.length), count?.all ?? 0)
  }
  await forgetOldBadges(db, content)
  return changed
}

/** Judges everybody anew when the content is not the one that standings were judged by. */
export async function rebuildIfContentChanged(
  db: Db,
  content: Content,
  told?: (done: number, all: number) => void,
) {
  const name = 'standings judged by content'
  const [fact] = await db.execute<{ value: string }>(sql`select value from site_fact where name = ${name}`)
  if (fact?.value === content.fingerprint) return
  await rebuildStandings(db, content, told)
  await db
    .insert(siteFact)
    .values({ name, value: content.fingerprint })
    .onConflictDoUpdate({ target: siteFact.name, set: { value: content.fingerprint } })
}

/**
 * Writes what has changed, and nothing else: most writes of a fact change no standing, and a rebuild changes few.
 * Who calls this holds the people's rows, so that what is kept stays as it was read.
 * @returns how many standings that was
 */
async function writeStandings(tx: Tx, content: Content, personIds: number[]): Promise<number> {
  const facts = await loadFacts(tx, content, personIds)
  await finishCourses(tx, finishedIn(content, facts))
  await reviewDuties(tx, content, facts)
  const kept = await keptStandings(tx, personIds)
  const changed = [...facts].flatMap(([personId, theirs]) =>
    content.badges
      .map(badge => ({ person_id: personId, badge: badge.id, met_on: daysMet(content, badge, theirs) }))
      .filter(({ badge, met_on }) => kept.get(personId)?.[badge] !== met_on),
  )
  if (changed.length === 0) return 0
  await tx.execute(sql`
    insert into standing (person_id, badge, met_on)
    select person_id, badge, met_on
    from jsonb_to_recordset(${JSON.stringify(changed)}::text::jsonb)
      as changed (person_id bigint, badge text, met_on datemultirange)
    on conflict (person_id, badge) do update set met_on = excluded.met_on, updated_at = ${turnedAt()}`)
  return changed.length
}

/** The courses of which people have just done all: what is kept of a course as finished says nothing of them yet. */
const finishedIn = (content: Content, facts: ReadonlyMap<number, Facts>) =>
  [...content.outline.courses].flatMap(([course, { modules }]) =>
    [...facts].flatMap(([personId, theirs]) =>
      !theirs.finished.has(course) && modules.every(module => isComplete(module, theirs))
        ? [{ personId, course }]
        : [],
    ),
  )

const daysMet = (content: Content, badge: Content['badges'][number], facts: Facts) =>
  asMultirange(judge(badge.criteria, facts, today(), content.outline).metOn)

/** Whoever met the criteria and meets them still has done so since then, though more evidence may make it last longer. */
const turnedAt = () => sql`
  case when standing.met_on @> ${today()}::date and excluded.met_on @> ${today()}::date
    then standing.updated_at else now() end`

const forgetOldBadges = (db: Db, content: Content) =>
  db.execute(
    sql`delete from standing where badge <> all(${sql.param(content.badges.map(badge => badge.id))}::text[])`,
  )
