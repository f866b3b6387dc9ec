import { eq, sql } from 'drizzle-orm'
import type { Tx } from '../../db/client.ts'
import { discussion, post, postRevision } from '../../db/schema/discussions.ts'
import { submission } from '../../db/schema/grading.ts'
import type { Content } from '../authoring/content.ts'
import { after } from '../authoring/duration.ts'
import { openModule } from '../courses/access.ts'
import { Conflict, ensure, found } from '../errors.ts'
import { notify } from '../people/notifications.ts'
import { at, type Person } from '../people/person.ts'
import { audit } from '../record/audit.ts'
import { postFor } from './find-post.ts'
import { tellMentioned, type Written, write } from './mentions.ts'
import { openDiscussion } from './place.ts'
import { canReply, type Place } from './policy.ts'

/**
 * Posts a person's own answer to a module's question, in the discussion of the cohort they take the course with, and
 * puts it before that cohort's mentors. One for each person and discussion.
 * @throws NotFound, Forbidden; Conflict when they have posted theirs already; Invalid
 */
export async function postReflection(
  tx: Tx,
  content: Content,
  person: Person,
  { module: moduleId, markdown }: { module: string; markdown: string },
): Promise<{ id: number }> {
  const { module, enrolment } = await openModule(tx, content, person, moduleId)
  const { rubric } = found(module.reflection)
  const place: Place = { cohortId: enrolment.cohortId, selfPaced: enrolment.selfPaced, enrolled: 'now' }
  const written = await write(tx, place.cohortId, markdown)
  const discussionId = await openDiscussion(tx, module, place.cohortId)
  const id = await insertPost(tx, person, written, { discussionId, kind: 'reflection', parentId: null })
  if (id === null)
    throw new Conflict('You have posted your reflection here already. You can edit it instead.')

  const promisedBy = after(new Date(), found(content.course(module.course)).promise)
  const row = {
    postId: id,
    cohortId: place.cohortId,
    authorId: person.id,
    module: module.id,
    rubric,
    promisedBy,
  }
  await tx.insert(submission).values(row)
  await tellMentioned(tx, person, { postId: id, place, title: module.title, mentioned: written.mentioned })
  await audit(tx, person, 'reflection.posted', { post: id, module: module.id, cohort: place.cohortId })
  await countReflection(tx, discussionId)
  return { id }
}

/**
 * Posts a reply under a reflection.
 * @throws NotFound when the person may not see it; Forbidden; Invalid
 */
export async function postReply(
  tx: Tx,
  content: Content,
  person: Person,
  { post: parentId, markdown }: { post: number; markdown: string },
): Promise<{ id: number; reflectionId: number }> {
  const parent = await postFor(tx, content, person, parentId)
  ensure(
    canReply(person, parent.place),
    'Only people who take the course with this cohort now, and its mentors, reply here.',
  )
  const { place, module, discussionId, reflectionId } = parent
  const written = await write(tx, place.cohortId, markdown)
  const id = found(
    await insertPost(tx, person, written, { discussionId, kind: 'reply', parentId: reflectionId }),
  )

  const authorId = await countReply(tx, reflectionId)
  await tellMentioned(tx, person, { postId: id, place, title: module.title, mentioned: written.mentioned })
  if (!written.mentioned.some(mentioned => mentioned.person.id === authorId))
    await notify(tx, authorId, {
      kind: 'replied',
      summary: `${at(person)} replied to your reflection on “${module.title}”.`,
      href: `/posts/${id}`,
      by: person,
    })
  await audit(tx, person, 'reply.posted', { post: id, under: reflectionId, module: module.id }, authorId)
  return { id, reflectionId }
}

/** @returns the new post's id, or null when the database holds the author's reflection already */
async function insertPost(
  tx: Tx,
  author: Person,
  { markdown, html }: Written,
  where: { discussionId: number; kind: 'reflection' | 'reply'; parentId: number | null },
): Promise<number | null> {
  const [row] = await tx
    .insert(post)
    .values({ ...where, authorId: author.id, markdown, html })
    .onConflictDoNothing()
    .returning({ id: post.id })
  if (!row) return null
  await tx.insert(postRevision).values({ postId: row.id, revision: 1, markdown, html })
  return row.id
}

/** Last in its transaction: everybody who posts in this discussion at this moment waits for the row. */
const countReflection = (tx: Tx, id: number) =>
  tx
    .update(discussion)
    .set({ reflections: sql`${discussion.reflections} + 1` })
    .where(eq(discussion.id, id))

/** @returns the author of the reflection */
async function countReply(tx: Tx, reflectionId: number): Promise<number> {
  const [row] = await tx
    .update(post)
    .set({ replies: sql`${post.replies} + 1` })
    .where(eq(post.id, reflectionId))
    .returning({ authorId: post.authorId })
  return found(row).authorId
}
