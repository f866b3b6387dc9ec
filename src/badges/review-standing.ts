import { sql } from 'drizzle-orm'
import type { Tx } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import { finishCourses } from '../courses/finishing.ts'
import { isComplete } from './coursework.ts'
import { judge } from './criteria.ts'
import { asMultirange } from './days-met.ts'
import { reviewDuties } from './duties.ts'
import type { Facts } from './facts.ts'
import { keepStandings } from './keep-standings.ts'
import { keptStandings } from './kept-standings.ts'
import { loadFacts, today } from './load-facts.ts'
import { contentInForce } from './rules/load-rules.ts'

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

/**
 * Writes what has changed, and nothing else: most writes of a fact change no standing.
 * Who calls this holds the people's rows, so that what is kept stays as it was read.
 */
async function writeStandings(tx: Tx, written: Content, personIds: number[]): Promise<void> {
  const content = await contentInForce(tx, written)
  const before = await loadFacts(tx, content, personIds)
  await finishCourses(tx, finishedIn(content, before))
  const lifted = await reviewDuties(tx, content, before)
  const facts = lifted.length === 0 ? before : await loadFacts(tx, content, personIds)
  const kept = await keptStandings(tx, personIds)
  const changed = [...facts].flatMap(([personId, theirs]) =>
    content.badges
      .map(badge => ({ person_id: personId, badge: badge.id, met_on: daysMet(content, badge, theirs) }))
      .filter(({ badge, met_on }) => kept.get(personId)?.[badge] !== met_on),
  )
  if (changed.length === 0) return
  await tx.execute(
    keepStandings(sql`
      select person_id, badge, met_on from jsonb_to_recordset(${JSON.stringify(changed)}::text::jsonb)
        as changed (person_id bigint, badge text, met_on datemultirange)`),
  )
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
