import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Tx } from '../../db/client.ts'
import { discussion } from '../../db/schema/discussions.ts'
import { discussionFor } from '../discussions/discussion.ts'
import { canModerate } from '../discussions/policy.ts'
import { Conflict, ensure, found } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { audit } from '../record/audit.ts'

/** More than these at the head of a board, and nobody reads any. */
const most = 5

/** Pins a topic to the head of its board. A second time it changes nothing. @throws NotFound, Forbidden, Conflict */
export async function pin(tx: Tx, person: Person, id: number): Promise<void> {
  const { cohortId } = await topicInCareOf(tx, person, id)
  const board = cohortId === null ? isNull(discussion.cohortId) : eq(discussion.cohortId, cohortId)
  const [row] = await tx
    .update(discussion)
    .set({ pinnedAt: new Date(), pinnedById: person.id })
    .where(and(eq(discussion.id, id), isNull(discussion.pinnedAt)))
    .returning({ id: discussion.id })
  if (!row) return
  const [pinned] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(discussion)
    .where(and(board, isNotNull(discussion.pinnedAt)))
  if (found(pinned).count > most)
    throw new Conflict(`There are ${most} pinned topics on this board already. Unpin one of them first.`)
  await audit(tx, person, 'topic.pinned', { discussion: id })
}

/** Takes a topic off the head of its board. @throws NotFound, Forbidden */
export async function unpin(tx: Tx, person: Person, id: number): Promise<void> {
  await topicInCareOf(tx, person, id)
  const [row] = await tx
    .update(discussion)
    .set({ pinnedAt: null, pinnedById: null })
    .where(and(eq(discussion.id, id), isNotNull(discussion.pinnedAt)))
    .returning({ id: discussion.id })
  if (row) await audit(tx, person, 'topic.unpinned', { discussion: id })
}

async function topicInCareOf(tx: Tx, person: Person, id: number) {
  const { place, title } = await discussionFor(tx, person, id)
  found(title)
  ensure(canModerate(person, place), 'Only the mentors of this place and the admins pin topics.')
  return place
}
