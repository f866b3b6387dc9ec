import { and, eq, sql } from 'drizzle-orm'
import type { Tx } from '../../db/client.ts'
import { following } from '../../db/schema/following.ts'
import type { Content } from '../authoring/content.ts'
import { type Discussion, discussionFor } from '../discussions/discussion.ts'
import { visibleTo } from '../discussions/policy.ts'
import type { Person } from '../people/person.ts'
import { foldMarks, type Marks, noteSeen } from './marks.ts'
import { firstUnread } from './unread-posts.ts'

/** What somebody has seen of a discussion whose latest post, on their page, was `upTo`. */
export type Seen = { discussion: number; posts: readonly number[]; upTo: number }

/**
 * Notes which posts a person has seen. The first time, everything that was there counts as read. Nobody's business
 * but theirs, so the audit log hears nothing of it.
 * @throws NotFound
 */
export async function noteRead(tx: Tx, content: Content, person: Person, seen: Seen): Promise<void> {
  const discussion = await discussionFor(tx, person, seen.discussion)
  const { marks, fresh } = await marksOf(tx, person, discussion, seen.upTo)
  await hasLooked(tx, person, discussion)
  const posts = fresh ? [] : await visibleOf(tx, content, person, discussion, seen.posts)
  if (posts.length > 0) await keepFolded(tx, content, person, discussion, noteSeen(marks, posts))
}

/** Marks everything read that was on the page. @throws NotFound */
export async function readAll(
  tx: Tx,
  content: Content,
  person: Person,
  seen: Omit<Seen, 'posts'>,
): Promise<Discussion> {
  const discussion = await discussionFor(tx, person, seen.discussion)
  const upTo = Math.min(seen.upTo, discussion.lastPostId ?? 0)
  const { marks, fresh } = await marksOf(tx, person, discussion, upTo)
  await hasLooked(tx, person, discussion)
  const all = { ...marks, readTo: Math.max(marks.readTo, upTo) }
  if (!fresh) await keepFolded(tx, content, person, discussion, all)
  return discussion
}

/** Who watches and has come by themselves need not be told any more; of what comes next they are. */
async function hasLooked(tx: Tx, { id }: Person, discussion: Discussion): Promise<void> {
  if (discussion.following.level !== 'watching') return
  await tx.execute(sql`
    update notification set seen_at = now()
    where person_id = ${id} and discussion_id = ${discussion.id} and kind = 'posted' and seen_at is null`)
}

/** The marks as they stand, held against others until this is through; made on the first visit. */
async function marksOf(
  tx: Tx,
  person: Person,
  { id, lastPostId }: Discussion,
  upTo: number,
): Promise<{ marks: Marks; fresh: boolean }> {
  const [row] = await tx
    .insert(following)
    .values({ personId: person.id, discussionId: id, readTo: Math.min(upTo, lastPostId ?? 0) })
    .onConflictDoUpdate({
      target: [following.personId, following.discussionId],
      set: { visitedAt: sql`now()` },
    })
    .returning({
      readTo: following.readTo,
      readBeyond: following.readBeyond,
      fresh: sql<boolean>`xmax = 0`,
    })
  return {
    marks: { readTo: row?.readTo ?? 0, readBeyond: row?.readBeyond ?? [] },
    fresh: row?.fresh ?? false,
  }
}

/** Those of `posts` that are in the discussion and may be seen. */
async function visibleOf(
  tx: Tx,
  content: Content,
  person: Person,
  { id }: Discussion,
  posts: readonly number[],
): Promise<number[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    select post.id from post
    join discussion on discussion.id = post.discussion_id
    left join cohort on cohort.id = discussion.cohort_id
    where post.id = any(${sql.param(posts)}::bigint[]) and discussion.id = ${id} and ${visibleTo(person, content)}`)
  return rows.map(row => Number(row.id))
}

async function keepFolded(
  tx: Tx,
  content: Content,
  person: Person,
  { id, lastPostId }: Discussion,
  marks: Marks,
): Promise<void> {
  const first = await firstUnread(tx, content, person, { discussionId: id, ...marks })
  const { readTo, readBeyond } = foldMarks(marks, first, lastPostId ?? 0)
  await tx
    .update(following)
    .set({ readTo, readBeyond: [...readBeyond] })
    .where(and(eq(following.personId, person.id), eq(following.discussionId, id)))
}
