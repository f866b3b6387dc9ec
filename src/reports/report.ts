import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Queryable, Tx } from '../../db/client.ts'
import { report } from '../../db/schema/reports.ts'
import type { Content } from '../authoring/content.ts'
import { type PlacedPost, postFor } from '../discussions/find-post.ts'
import { holdPost } from '../discussions/moderation/hold-post.ts'
import { Conflict, ensure, found, Invalid, NotFound } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { audit } from '../record/audit.ts'
import { canReport } from './policy.ts'
import type { ReportReason } from './reasons.ts'
import { tellOfConcern } from './tell.ts'

export const longestReport = 2000

export const reportInput = z.object({
  post: z.coerce.number().int().min(1),
  reason: z.string({ error: 'Please choose what troubles you.' }).max(80),
  words: z.string().trim().max(longestReport).default(''),
})

/**
 * Asks those who look after a place to look at a post there. Nobody else learns of it, its author least of all; of a
 * worry about its author the mentors and admins are told at once. The post's submission, if it has one, must be held
 * before: whoever grades takes hold of it first.
 * @throws NotFound, Forbidden; Invalid; Conflict when it was removed, or they have reported it already
 */
export async function reportPost(
  tx: Tx,
  content: Content,
  person: Person,
  { post: postId, reason: reasonId, words }: z.output<typeof reportInput>,
): Promise<{ post: PlacedPost; concern: boolean }> {
  await holdPost(tx, postId)
  const post = await postFor(tx, content, person, postId)
  ensure(canReport(person, post), 'This is your own post. You can change or delete it yourself.')
  if (post.removed) throw new Conflict('This post has been removed meanwhile. Thank you for looking out.')
  const { concern } = reasonOf(content, { reason: reasonId, words })

  const [row] = await tx
    .insert(report)
    .values({ postId, reporterId: person.id, reason: reasonId, concern, words })
    .onConflictDoNothing()
    .returning({ id: report.id })
  if (!row)
    throw new Conflict('You have reported this post already, and somebody will look at it. Thank you.')
  await audit(tx, person, 'post.reported', { post: postId, report: row.id, reason: reasonId }, post.authorId)
  if (concern) await tellOfConcern(tx, content, person, post)
  return { post, concern }
}

/** @throws Invalid when it is none of the reasons, or says nothing without words */
function reasonOf(content: Content, { reason, words }: { reason: string; words: string }): ReportReason {
  const known = content.reports.reasons.find(({ id }) => id === reason)
  if (!known) throw new Invalid({ reason: 'Please choose one of these.' })
  if (known['needs-words'] && words === '')
    throw new Invalid({ words: 'Please say in a few words what troubles you.' })
  return known
}

/** A post that somebody may want to report, as they read it, and since when they have. */
export type PostToReport = {
  post: PlacedPost
  author: { handle: string; displayName: string }
  html: string
  reportedAt: Date | null
}

interface Row extends Record<string, unknown> {
  handle: string
  display_name: string
  html: string
  reported_at: string | null
}

/** @throws NotFound for what they do not see, for their own, and for what has been removed: nothing is to report there */
export async function postToReport(
  db: Queryable,
  content: Content,
  person: Person,
  postId: number,
): Promise<PostToReport> {
  const post = await postFor(db, content, person, postId)
  if (!canReport(person, post) || post.removed) throw new NotFound()
  const [row] = await db.execute<Row>(sql`
    select author.handle, author.display_name, post.html, r.at as reported_at
    from post join person author on author.id = post.author_id
      left join report r on r.post_id = post.id and r.reporter_id = ${person.id} and r.handled_at is null
    where post.id = ${postId}`)
  const { handle, display_name: displayName, html, reported_at } = found(row)
  return {
    post,
    author: { handle, displayName },
    html,
    reportedAt: reported_at === null ? null : new Date(reported_at),
  }
}
