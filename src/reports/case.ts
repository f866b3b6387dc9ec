import { eq, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../../db/client.ts'
import { report } from '../../db/schema/reports.ts'
import type { Content } from '../authoring/content.ts'
import { type PlacedPost, postFor } from '../discussions/find-post.ts'
import { found } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { canSeeReport } from './policy.ts'

/** What one person reported of a post. */
export type Report = {
  id: number
  reporter: { id: number; handle: string; displayName: string }
  /** An id of `content/reports.yaml`. */
  reason: string
  concern: boolean
  words: string
  at: Date
}

export type HandledReport = Report & { handledBy: string; handledAt: Date; outcome: string }

/** A post with all that was reported of it. */
export type Case = {
  post: PlacedPost
  author: { handle: string; displayName: string; timeZone: string }
  /** The oldest first. */
  open: readonly Report[]
  /** The newest first. */
  handled: readonly HandledReport[]
}

interface Row extends Record<string, unknown> {
  id: string
  reason: string
  concern: boolean
  words: string
  at: string
  reporter_id: string
  handle: string
  display_name: string
  handled_at: string | null
  handled_by: string | null
  outcome: string | null
}

/** The post that a report is about. @throws NotFound */
export async function reportedPost(db: Queryable, reportId: number): Promise<number> {
  const [row] = await db.select({ postId: report.postId }).from(report).where(eq(report.id, reportId))
  return found(row).postId
}

/** All that was reported of the post that a report is about. @throws NotFound for all who may not read it */
export async function caseFor(
  db: Queryable | Tx,
  content: Content,
  viewer: Person,
  reportId: number,
): Promise<Case> {
  const post = await postFor(db, content, viewer, await reportedPost(db, reportId))
  found(canSeeReport(viewer, post) ? post : null)
  const [rows, [author]] = await Promise.all([
    db.execute<Row>(sql`
      select r.id, r.reason, r.concern, r.words, r.at, r.reporter_id, reporter.handle, reporter.display_name,
        r.handled_at, handler.handle as handled_by, r.outcome
      from report r join person reporter on reporter.id = r.reporter_id
        left join person handler on handler.id = r.handled_by_id
      where r.post_id = ${post.id} order by r.handled_at desc nulls first, r.id limit 200`),
    db.execute<{ handle: string; display_name: string; time_zone: string }>(sql`
      select handle, display_name, time_zone from person where id = ${post.authorId}`),
  ])
  const { handle, display_name: displayName, time_zone: timeZone } = found(author)
  return {
    post,
    author: { handle, displayName, timeZone },
    open: rows.filter(row => row.handled_at === null).map(reportFrom),
    handled: rows.flatMap(row =>
      row.handled_at === null
        ? []
        : [
            {
              ...reportFrom(row),
              handledBy: row.handled_by ?? '',
              handledAt: new Date(row.handled_at),
              outcome: row.outcome ?? '',
            },
          ],
    ),
  }
}

const reportFrom = (row: Row): Report => ({
  id: Number(row.id),
  reporter: { id: Number(row.reporter_id), handle: row.handle, displayName: row.display_name },
  reason: row.reason,
  concern: row.concern,
  words: row.words,
  at: new Date(row.at),
})

/** What a reason says; one that is no longer in the content keeps its name. */
export const reasonInWords = (content: Content, id: string): string =>
  content.reports.reasons.find(reason => reason.id === id)?.title ?? id
