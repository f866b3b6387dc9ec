import { and, eq } from 'drizzle-orm'
import type { Tx } from '../../db/client.ts'
import { post, postRevision } from '../../db/schema/discussions.ts'
import type { Content } from '../authoring/content.ts'
import { Conflict, ensure, Invalid } from '../errors.ts'
import { handInAgain } from '../grading/hand-in.ts'
import type { Person } from '../people/person.ts'
import { audit } from '../record/audit.ts'
import { noteFrom } from './composer/content-notes.ts'
import { onlyForOf, type PlacedPost, postFor } from './find-post.ts'
import { tellMentioned, write } from './mentions.ts'
import { canEdit } from './policy.ts'
import { limitOf } from './text.ts'

/** What an edit is made on: the post, as its author had it before them. */
export type Edit = {
  post: number
  revision: number
  markdown: string
  /** The content note to have from now on, empty for none; the one it has where nothing is said. */
  contentNote?: string | undefined
}

/**
 * Changes the words of one's own post; what it said before stays in its history. A reflection that has been graded
 * may be changed too: the grade stands on the revision that the mentor read.
 * @throws NotFound, Forbidden; Conflict when it was edited elsewhere meanwhile; Invalid
 */
export async function editPost(tx: Tx, content: Content, person: Person, edit: Edit): Promise<PlacedPost> {
  const post = await ownPost(tx, content, person, edit)
  const contentNote = noteOf(content, post, edit)
  if (post.markdown === edit.markdown && post.contentNote === contentNote) return post
  await revise(tx, person, post, { ...edit, contentNote })
  await audit(tx, person, `${post.kind}.edited`, { post: post.id, revision: edit.revision + 1 })
  return post
}

/**
 * Puts a reflection before the mentors again that was returned or is asked again, with other words or the same, as the
 * next try.
 * @throws NotFound, Forbidden; Conflict when it is not waiting for its author, or was edited elsewhere; Invalid
 */
export async function resubmit(tx: Tx, content: Content, person: Person, edit: Edit): Promise<PlacedPost> {
  const reflection = await ownPost(tx, content, person, edit)
  const aTry = await handInAgain(tx, content, reflection.id)
  if (aTry === null)
    throw new Conflict('This reflection is not waiting for you: it is with the mentors, or has been passed.')
  await revise(tx, person, reflection, { ...edit, contentNote: noteOf(content, reflection, edit) })
  await audit(tx, person, 'reflection.resubmitted', {
    post: reflection.id,
    try: aTry,
    revision: edit.revision + 1,
  })
  return reflection
}

async function ownPost(tx: Tx, content: Content, person: Person, edit: Edit): Promise<PlacedPost> {
  const post = await postFor(tx, content, person, edit.post)
  ensure(canEdit(person, post), 'Only its author can change a post.')
  if (post.removed) throw new Conflict('This post was removed meanwhile. Your words are below.')
  const limit = limitOf(post.kind)
  if (edit.markdown.length > limit)
    throw new Invalid({ markdown: `Please keep this to ${limit.toLocaleString('en')} characters.` })
  return post
}

const noteOf = (content: Content, { module, contentNote }: PlacedPost, edit: Edit): string | null =>
  edit.contentNote === undefined ? contentNote : noteFrom(content, module, edit.contentNote, contentNote)

/** Writes the next revision, on top of the one that its author saw and of no other. */
async function revise(
  tx: Tx,
  person: Person,
  changed: PlacedPost,
  { revision, markdown, contentNote }: Omit<Edit, 'contentNote'> & { contentNote: string | null },
) {
  const { id, place, title } = changed
  const written = await write(tx, place.cohortId, markdown)
  const { html } = written
  const next = revision + 1
  const [row] = await tx
    .update(post)
    .set({ markdown, html, contentNote, revision: next, editedAt: new Date() })
    .where(and(eq(post.id, id), eq(post.revision, revision)))
    .returning({ id: post.id })
  if (!row)
    throw new Conflict(
      'This post was edited in another window meanwhile. Here are your words; please look at the post before you save them over it.',
    )
  await tx.insert(postRevision).values({ postId: id, revision: next, markdown, html })
  const { mentioned } = written
  await tellMentioned(tx, person, { postId: id, place, title, mentioned, onlyFor: onlyForOf(changed) })
}
