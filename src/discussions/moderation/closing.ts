import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import type { Tx } from '../../../db/client.ts'
import { discussion } from '../../../db/schema/discussions.ts'
import { ensure } from '../../errors.ts'
import type { Person } from '../../people/person.ts'
import { audit } from '../../record/audit.ts'
import { type Discussion, discussionFor } from '../discussion.ts'
import { canModerate } from '../policy.ts'

/**
 * Closes a discussion, a topic's or a module's: from now on only those who look after it reply. A module's own
 * question stays open to those who have yet to answer it, since the course asks it of them.
 * A second time it changes nothing: the first stays who closed it.
 * @throws NotFound, Forbidden
 */
export async function closeDiscussion(tx: Tx, person: Person, id: number): Promise<Discussion> {
  const closed = await inCareOf(tx, person, id)
  const [row] = await tx
    .update(discussion)
    .set({ closedAt: new Date(), closedById: person.id })
    .where(and(eq(discussion.id, id), isNull(discussion.closedAt)))
    .returning({ id: discussion.id })
  if (row) await audit(tx, person, 'discussion.closed', { discussion: id })
  return closed
}

/** Opens a closed discussion again. @throws NotFound, Forbidden */
export async function reopenDiscussion(tx: Tx, person: Person, id: number): Promise<Discussion> {
  const reopened = await inCareOf(tx, person, id)
  const [row] = await tx
    .update(discussion)
    .set({ closedAt: null, closedById: null })
    .where(and(eq(discussion.id, id), isNotNull(discussion.closedAt)))
    .returning({ id: discussion.id })
  if (row) await audit(tx, person, 'discussion.reopened', { discussion: id })
  return reopened
}

async function inCareOf(tx: Tx, person: Person, id: number): Promise<Discussion> {
  const found = await discussionFor(tx, person, id)
  ensure(canModerate(person, found.place), 'Only the mentors of this place and the admins close discussions.')
  return found
}
