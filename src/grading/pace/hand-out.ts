import { type SQL, sql } from 'drizzle-orm'
import type { Tx } from '../../../db/client.ts'
import type { Content } from '../../authoring/content.ts'
import { auditEach } from '../../record/audit.ts'
import { barredFrom, markingColumns, studiesIn } from '../barred.ts'
import { coursesOpenTo } from '../calibration/state.ts'
import { type MentorNow, mentorsNow } from './mentors-now.ts'
import { pairOf, type Share, shareOut, type Taker, type Wanted } from './share-out.ts'
import { handingOut, takeBackUntouched } from './take-back.ts'

/** No mentor has more than this handed out to them at a time: beyond it they ask for the next one themselves. */
export const mostOpen = 5
/** What somebody who sets no limit is taken to take on, beside those who set one: reflections a week. */
export const usualWeekly = 20

/**
 * Hands out what waits and nobody has, the oldest promise first, so that the load of those who may mark it is even for
 * what each takes on; and takes back what was let lie. Where another run is at it, this one does nothing.
 */
export async function handOut(tx: Tx, content: Content): Promise<{ handedOut: number; takenBack: number }> {
  const [alone] = await tx.execute<{ got: boolean }>(sql`
    select pg_try_advisory_xact_lock(hashtextextended(${handingOut}, 0)) as got`)
  if (!alone?.got) return { handedOut: 0, takenBack: 0 }
  const here = (await mentorsNow(tx, content)).filter(({ away }) => !away).map(({ id }) => id)
  const takenBack = await takeBackUntouched(tx, here)
  const letLie = await letLieLately(tx)
  const takers = (await mentorsNow(tx, content))
    .filter(({ id, away }) => !away && !letLie.some(one => one.mentor === id && one.nothingSince))
    .map(takerFrom)
    .filter(({ room }) => room > 0)
  const serving = await servedBy(tx, content, takers)
  const wanted = await oldestWanted(tx, takers, serving, letLie)
  const shares = await fairShares(tx, { wanted, takers, serving, refused: new Set(letLie.map(pairOf)) })
  return { handedOut: await give(tx, shares), takenBack }
}

export const takerFrom = ({ id, weekly, open, done7 }: MentorNow): Taker => {
  const load = open + done7
  const room = Math.max(0, Math.min(mostOpen - open, (weekly ?? Infinity) - load))
  return { id, takesOn: weekly ?? usualWeekly, load, room }
}

/**
 * What mentors left untouched in the last week, as the audit log says, by two short ranges of its index: they are not
 * handed the same again, and nothing else before they have marked something.
 */
async function letLieLately(tx: Tx): Promise<(Share & { nothingSince: boolean })[]> {
  const action = 'reflection.taken_back'
  const rows = await tx.execute<{ marking: string; mentor: string; nothing_since: boolean }>(sql`
    with said as (
      select at, subject_id, (details->>'marking')::bigint as marking, details->>'why' as why from audit_entry
      where action = ${action} and id > coalesce((
        select id from audit_entry where action = ${action} and at <= now() - interval '7 days'
        order by id desc nulls last limit 1), 0))
    select said.marking, said.subject_id as mentor, not exists (
      select from marking done where done.done_by_id = said.subject_id and done.closed_at > said.at) as nothing_since
    from said where said.why = 'untouched'`)
  return rows.map(({ marking, mentor, nothing_since }) => ({
    ...{ marking: Number(marking), mentor: Number(mentor), nothingSince: nothing_since },
  }))
}

type Serving = Map<number, number[]>

/**
 * Who of them marks in each cohort: all in the self-paced ones, and those it was given to; but not where they study, nor
 * before they have graded the examples of its course.
 */
async function servedBy(tx: Tx, content: Content, takers: readonly Taker[]): Promise<Serving> {
  const mentors = takers.map(({ id }) => id)
  const open = await coursesOpenTo(tx, content, mentors)
  const ids = sql`${sql.param(mentors)}::bigint[]`
  const rows = await tx.execute<{ cohort: string; course: string; mentor: string }>(sql`
    select cohort, c.course, mentor from (
      select c.id as cohort, taker.id as mentor from cohort c cross join unnest(${ids}) taker(id) where c.self_paced
      union select cohort_id, person_id from cohort_mentor where person_id = any(${ids})) served
      join cohort c on c.id = cohort
    where not ${studiesIn(sql`mentor`, sql`cohort`)}`)
  const serving: Serving = new Map()
  for (const { cohort, course, mentor } of rows) {
    if (!open.get(Number(mentor))?.has(course)) continue
    const before = serving.get(Number(cohort))
    if (before) before.push(Number(mentor))
    else serving.set(Number(cohort), [Number(mentor)])
  }
  return serving
}

/** Of each cohort as many as its mentors have room for, all of which at least one of them may be handed. */
async function oldestWanted(
  tx: Tx,
  takers: readonly Taker[],
  serving: Serving,
  letLie: readonly Share[],
): Promise<Wanted[]> {
  const room = new Map(takers.map(taker => [taker.id, taker.room]))
  const cohorts = [...serving].map(([id, mentors]) => ({
    ...{ id, mentors: `{${mentors.join()}}` },
    few: mentors.reduce((sum, mentor) => sum + (room.get(mentor) ?? 0), 0),
  }))
  const list = (values: readonly (number | string)[], type: string): SQL =>
    sql`${sql.param(values)}::${sql.raw(type)}[]`
  const rows = await tx.execute<{ id: string; cohort_id: string }>(sql`
    select w.id, w.cohort_id
    from unnest(
        ${list(
          cohorts.map(({ id }) => id),
          'bigint',
        )},
        ${list(
          cohorts.map(({ mentors }) => mentors),
          'text',
        )},
        ${list(
          cohorts.map(({ few }) => few),
          'int',
        )}) served(id, mentors, few)
      cross join lateral (
        select m.id, m.cohort_id, m.promised_by from marking m
        where m.cohort_id = served.id and ${waits}
          and exists (select from unnest(served.mentors::bigint[]) taker(id)
            where ${barredFrom(markingColumns('m'), sql`taker.id`)} is null
              and not exists (select from unnest(
                  ${list(
                    letLie.map(({ marking }) => marking),
                    'bigint',
                  )},
                  ${list(
                    letLie.map(({ mentor }) => mentor),
                    'bigint',
                  )}) lay(marking, mentor)
                where lay.marking = m.id and lay.mentor = taker.id))
        order by m.promised_by, m.id limit served.few) w
    order by w.promised_by, w.id`)
  return rows.map(({ id, cohort_id }) => ({ id: Number(id), cohortId: Number(cohort_id) }))
}

/** Nobody has been handed it, and nobody is at work on it. */
const waits = sql`m.closed_at is null and m.handed_to_id is null and m.paused_at is null
  and (m.claimed_until is null or m.claimed_until <= clock_timestamp())`

/** Who may not mark what is asked of the pairs that would come out, and all is shared anew with what was learned. */
async function fairShares(
  tx: Tx,
  {
    wanted,
    takers,
    serving,
    refused,
  }: { wanted: Wanted[]; takers: Taker[]; serving: Serving; refused: Set<string> },
): Promise<Share[]> {
  for (;;) {
    const shares = shareOut(wanted, takers, serving, refused)
    const barred = await barredAmong(tx, shares)
    if (barred.length === 0) return shares
    for (const pair of barred) refused.add(pairOf(pair))
  }
}

/** The shares as rows, as `w`. */
const asRows = (shares: readonly Share[]): SQL => sql`unnest(
  ${sql.param(shares.map(({ marking }) => marking))}::bigint[],
  ${sql.param(shares.map(({ mentor }) => mentor))}::bigint[]) w(marking, mentor)`

async function barredAmong(tx: Tx, shares: readonly Share[]): Promise<Share[]> {
  const rows = await tx.execute<{ marking: string; mentor: string }>(sql`
    select w.marking, w.mentor from ${asRows(shares)} join marking m on m.id = w.marking
    where ${barredFrom(markingColumns('m'), sql`w.mentor`)} is not null`)
  return rows.map(({ marking, mentor }) => ({ marking: Number(marking), mentor: Number(mentor) }))
}

/** Each submission is held before its marking; what somebody takes at this very moment is theirs, and passed over. */
async function give(tx: Tx, shares: readonly Share[]): Promise<number> {
  const rows = await tx.execute<{ id: string; post_id: string; mentor: string }>(sql`
    with held as (
      select m.id, w.mentor from ${asRows(shares)} join marking m on m.id = w.marking
        join submission s on s.post_id = m.post_id
      where ${waits} order by m.id for update of s, m skip locked)
    update marking set handed_to_id = held.mentor, handed_at = now() from held where marking.id = held.id
    returning marking.id, marking.post_id, held.mentor`)
  await auditEach(
    tx,
    null,
    'reflection.handed_out',
    rows.map(({ id, post_id, mentor }) => ({
      subject: Number(mentor),
      details: { post: Number(post_id), marking: Number(id) },
    })),
  )
  return rows.length
}
