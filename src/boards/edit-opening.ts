import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '../../db/client.ts'
import { discussion } from '../../db/schema/discussions.ts'
import type { Content } from '../authoring/content.ts'
import { discussionFor } from '../discussions/discussion.ts'
import { editPost } from '../discussions/editing.ts'
import type { PlacedPost } from '../discussions/find-post.ts'
import { limitOf } from '../discussions/text.ts'
import { found } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { audit } from '../record/audit.ts'
import { ensureWords } from './start-topic.ts'
import { titleRule } from './title.ts'

export const openingInput = z.object({
  post: z.coerce.number().int().positive(),
  revision: z.coerce.number().int().positive().max(2_147_483_647),
  title: titleRule,
  markdown: z.string().trim().max(limitOf('opening')).default(''),
  contentNote: z.string().max(80).optional(),
})

/**
 * Changes how one's own topic opens: its title and its words. The answers of a poll stay: people have chosen among them.
 * @throws NotFound, Forbidden; Conflict when it was edited elsewhere meanwhile; Invalid
 */
export async function editOpening(
  tx: Tx,
  content: Content,
  person: Person,
  { title, ...edit }: z.output<typeof openingInput>,
): Promise<PlacedPost> {
  const post = await editPost(tx, content, person, edit)
  found(post.kind === 'opening' ? post : null)
  const { id, form, title: before } = await discussionFor(tx, person, post.discussionId)
  ensureWords(form, edit.markdown)
  if (title !== before) {
    await tx.update(discussion).set({ title }).where(eq(discussion.id, id))
    await audit(tx, person, 'topic.retitled', { discussion: id, before, after: title })
  }
  return post
}
