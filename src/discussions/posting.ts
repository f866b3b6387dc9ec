import { eq, sql } from 'drizzle-orm'
import type { Tx } from '../../db/client.ts'
import { post, postRevision } from '../../db/schema/discussions.ts'
import type { Content } from '../authoring/content.ts'
import { openModule } from '../courses/access.ts'
import type { Module } from '../courses/course.ts'
import { Conflict, ensure, found, Invalid } from '../errors.ts'
import { handIn, isAskedAgain, takeOffDesk } from '../grading/hand-in.ts'
import { at, type Person } from '../people/person.ts'
import { audit } from '../record/audit.ts'
import { arrive } from './arrival.ts'
import { noteFrom } from './composer/content-notes.ts'
import { onlyForOf, type PlacedPost, postFor } from './find-post.ts'
import { tellMentioned, type Written, write } from './mentions.ts'
import { openDiscussion } from './place.ts'
import { canReply, canTakePart, type Place } from './policy.ts'
import { tellOfPost } from './telling.ts'
import { countTakingPart } from './taking-part.ts'

/**
 * Posts a person's own answer to a module's question, in the discussion of the cohort they take the course with, and
 * puts it before that cohort's mentors. One for each person and discussion.
 * @throws NotFound, Forbidden; Conflict when they have posted theirs already; Invalid
 */
export async function postReflection(
  tx: Tx,
  content: Content,
  person: Person,
  {
    module: moduleId,
    markdown,
    contentNote = '',
    audience = 'cohort',
  }: { module: string; markdown: string; contentNote?: string; audience?: 'cohort' | 'mentors' },
): Promise<{ id: number }> {
  const { module, enrolment } = await openModule(tx, content, person, moduleId)
  const { rubric } = found(module.reflection)
  const { cohortId, selfPaced } = enrolment
  ensureMayKeep(module, audience)
  const place: Place = { cohortId, selfPaced, enrolled: 'now' }
  await ensureOpen(tx, content, person, { module: module.id, cohortId })
  const written = await write(tx, cohortId, markdown)
  const discussionId = await openDiscussion(tx, module, cohortId)
  const id = await insertPost(tx, person, written, {
    discussionId,
    kind: 'reflection',
    parentId: null,
    audience,
    contentNote: noteFrom(content, module, contentNote),
  })
  if (id === null)
    throw new Conflict('You have posted your reflection here already. You can edit it instead.')

  await handIn(tx, content, { postId: id, cohortId, authorId: person.id, module: module.id, rubric })
  const onlyFor = audience === 'mentors' ? person.id : null
  const { mentioned } = written
  await tellMentioned(tx, person, { postId: id, place, title: module.title, mentioned, onlyFor })
  await audit(tx, person, 'reflection.posted', { post: id, module: module.id, cohort: cohortId })
  await arrive(tx, { discussion: discussionId, post: id, author: person.id, onlyFor }, 'reflection')
  return { id }
}

/** Most questions are answered to everybody. */
function ensureMayKeep({ reflection }: Module, audience: 'cohort' | 'mentors'): void {
  if (audience === 'mentors' && !reflection?.mayBePrivate)
    throw new Invalid({ audience: 'This question is answered to the whole cohort.' })
}

/**
 * The unique index lets somebody post anew whose reflection was deleted; but what has passed is not posted twice, unless
 * the module asks for another answer since: that takes the place of what is deleted.
 */
async function ensureOpen(
  tx: Tx,
  content: Content,
  person: Person,
  where: { module: string; cohortId: number },
): Promise<void> {
  const passed = await tx.execute<{ post_id: string; submitted_at: string; deleted: boolean }>(sql`
    select s.post_id, s.submitted_at, p.removed is not distinct from 'deleted' as deleted
    from submission s join post p on p.id = s.post_id
    where s.author_id = ${person.id} and s.module = ${where.module}
      and s.cohort_id = ${where.cohortId} and s.state = 'passed' for update of s`)
  for (const { post_id: post, submitted_at: at, deleted } of passed) {
    if (!deleted || !isAskedAgain(content, { ...where, submittedAt: new Date(at) }))
      throw new Conflict('Your reflection here has passed, so there is nothing more to post.')
    await takeOffDesk(tx, Number(post))
  }
}

/**
 * Posts a reply in the thread of a reflection or an opening: to it, or to another reply there.
 * @returns with the module in which it counts as taking part, or null where it does not
 * @throws NotFound when the person may not see it; Forbidden; Conflict when it was removed meanwhile; Invalid
 */
export async function postReply(
  tx: Tx,
  content: Content,
  person: Person,
  { post: toId, markdown, contentNote = '' }: { post: number; markdown: string; contentNote?: string },
): Promise<{ id: number; threadId: number; takesPartIn: string | null }> {
  const to = await postFor(tx, content, person, toId)
  ensureMayReply(person, to)
  const { place, discussionId, threadId, audience } = to
  const written = await write(tx, place.cohortId, markdown)
  const id = found(
    await insertPost(tx, person, written, {
      ...{ discussionId, parentId: threadId, audience },
      kind: 'reply',
      contentNote: noteFrom(content, to.module, contentNote),
    }),
  )

  const threadAuthor = to.threadAuthorId
  const onlyFor = onlyForOf(to)
  await countReply(tx, to)
  const takesPartIn = threadAuthor === person.id ? null : (to.module?.id ?? null)
  if (takesPartIn) await countTakingPart(tx, { personId: person.id, module: takesPartIn, by: 1 })
  const { mentioned } = written
  await tellMentioned(tx, person, { postId: id, place, title: to.title, mentioned, onlyFor })
  await tellAnswered(tx, person, id, to, { threadAuthor, mentioned: written.mentioned })
  await audit(
    tx,
    person,
    'reply.posted',
    { post: id, under: threadId, discussion: discussionId },
    threadAuthor,
  )
  await arrive(tx, { discussion: discussionId, post: id, author: person.id, onlyFor }, 'reply')
  return { id, threadId, takesPartIn }
}

function ensureMayReply(person: Person, to: PlacedPost): void {
  ensure(
    canTakePart(person, to.place),
    'Only people who take the course with this cohort now, and its mentors, reply here.',
  )
  if (!canReply(person, to))
    throw new Conflict(
      'This discussion has been closed, so nothing more is posted here. Your words are below.',
    )
  if (to.removed) throw new Conflict('This post was removed meanwhile. Your words are below.')
}

/** Tells the authors of the thread and of the post that was answered, each once, and not those whom it mentions. */
async function tellAnswered(
  tx: Tx,
  person: Person,
  id: number,
  to: PlacedPost,
  { threadAuthor, mentioned }: { threadAuthor: number } & Pick<Written, 'mentioned'>,
): Promise<void> {
  const what = { reflection: 'your reflection on', opening: 'your topic', reply: 'you in' }[to.kind]
  const told = new Map([[threadAuthor, to.module ? 'your reflection on' : 'your topic']])
  if (!told.has(to.authorId)) told.set(to.authorId, what)
  for (const { person: named } of mentioned) told.delete(named.id)
  for (const [personId, words] of told)
    await tellOfPost(tx, personId, {
      kind: 'replied',
      post: id,
      summary: `${at(person)} replied to ${words} “${to.title}”.`,
      by: person,
    })
}

type NewPost = Pick<
  typeof post.$inferInsert,
  'discussionId' | 'kind' | 'parentId' | 'audience' | 'contentNote'
>

/** @returns the new post's id, or null when the database holds the author's reflection already */
export async function insertPost(
  tx: Tx,
  author: Person,
  { markdown, html }: Written,
  where: NewPost,
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

/** A reply that is for the mentors is not counted in a thread that its author has shared with the cohort since. */
const countReply = (tx: Tx, { threadId, audience }: PlacedPost) =>
  tx
    .update(post)
    .set({ replies: sql`${post.replies} + (${post.audience} = ${audience})::int` })
    .where(eq(post.id, threadId))
