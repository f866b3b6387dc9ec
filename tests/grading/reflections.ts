import { eq, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { discussion, post, postRevision } from '../../db/schema/discussions.ts'
import { marking, submission } from '../../db/schema/grading.ts'
import { content } from '../../src/authoring/content.ts'
import { handInAgain } from '../../src/grading/hand-in.ts'

export const aModule = 'introduction-to-group-support/what-group-support-is'

const days = (count: number) => new Date(Date.now() + count * 24 * 60 * 60_000)

/** Puts a reflection on the desk, as one that was posted some days ago. */
export async function reflect(
  db: Db,
  author: { id: number },
  cohort: { id: number },
  { module = aModule, text = 'I listened.', daysAgo = 1 } = {},
): Promise<number> {
  await db.insert(discussion).values({ cohortId: cohort.id, module }).onConflictDoNothing()
  const [place] = await db
    .select()
    .from(discussion)
    .where(sql`${discussion.cohortId} = ${cohort.id} and ${discussion.module} = ${module}`)
  const words = { markdown: text, html: `<p>${text}</p>` }
  const [row] = await db
    .insert(post)
    .values({ discussionId: place!.id, authorId: author.id, kind: 'reflection', ...words })
    .returning()
  const postId = row!.id
  await db.insert(postRevision).values({ postId, revision: 1, ...words })
  const handedIn = { postId, cohortId: cohort.id, authorId: author.id, module, promisedBy: days(3 - daysAgo) }
  await db.insert(submission).values({ ...handedIn, rubric: 'reflection', submittedAt: days(-daysAgo) })
  await db.insert(marking).values({ ...handedIn, try: 1, purpose: 'first', openedAt: days(-daysAgo) })
  return postId
}

/** The open marking of a post. */
export async function markingOf(db: Db, postId: number): Promise<number> {
  const [row] = await db
    .select({ id: marking.id })
    .from(marking)
    .where(eq(marking.postId, postId))
    .orderBy(sql`${marking.closedAt} is null desc, ${marking.id} desc`)
  return row!.id
}

/** Changes the words of a reflection, as its author does. */
export async function edit(db: Db, postId: number, text: string): Promise<void> {
  const words = { markdown: text, html: `<p>${text}</p>` }
  await db.transaction(async tx => {
    const [row] = await tx
      .update(post)
      .set({ ...words, revision: sql`${post.revision} + 1`, editedAt: new Date() })
      .where(eq(post.id, postId))
      .returning()
    await tx.insert(postRevision).values({ postId, revision: row!.revision, ...words })
  })
}

/** Hands in a returned reflection again, with new words. */
export async function resubmit(db: Db, postId: number, text: string): Promise<void> {
  await edit(db, postId, text)
  await db.transaction(tx => handInAgain(tx, content(), postId))
}

/** Levels for every criterion of the rubric `reflection`. */
export const levels = { honesty: 'there', connection: 'partly', care: 'there' }
