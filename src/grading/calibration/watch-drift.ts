import { sql } from 'drizzle-orm'
import type { Db } from '../../../db/client.ts'
import type { Content } from '../../authoring/content.ts'
import { hasDrifted } from '../agreement/drift.ts'
import { recentMarks } from '../agreement/recent-marks.ts'
import { askAgain } from './ask-again.ts'

interface Marked extends Record<string, unknown> {
  mentor_id: string
  course: string
  /** When they last passed the calibration of the course; null where it asked for none then. */
  since: string | null
}

/**
 * Asks those to tune in again whose marks have drifted from those of others: looked at for each mentor and course of
 * which an answer that two have marked has gone out since `from`.
 * @returns how many were asked
 */
export async function watchDrift(db: Db, content: Content, from: Date): Promise<number> {
  let asked = 0
  for (const { mentor_id, course, since } of await markedTwiceSince(db, from)) {
    const mentorId = Number(mentor_id)
    const marks = await recentMarks(db, content, { mentorId, course, since: new Date(since ?? 0) })
    if (!hasDrifted(marks)) continue
    asked += Number(await db.transaction(tx => askAgain(tx, content, { mentorId, course })))
  }
  return asked
}

const markedTwiceSince = (db: Db, from: Date) =>
  db.execute<Marked>(sql`
    select own.mentor_id, own.course, (
      select max(c.finished_at) from calibration c
      where c.mentor_id = own.mentor_id and c.course = own.course and c.passed) as since
    from (
      select distinct m.done_by_id as mentor_id, cohort.course
      from cohort cross join lateral (
        select r.post_id, r.try from result r
        where r.cohort_id = cohort.id and r.released_at > ${from.toISOString()}::timestamptz
          and r.rule not in ('only', 'appeal')) answered
      join marking m on m.post_id = answered.post_id and m.try = answered.try
        and m.purpose in ('first', 'second') and m.done_by_id is not null
    ) own`)
