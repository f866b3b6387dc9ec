import { inArray } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '../../db/client.ts'
import { report } from '../../db/schema/reports.ts'
import type { Content } from '../authoring/content.ts'
import type { PlacedPost } from '../discussions/find-post.ts'
import { holdPost } from '../discussions/moderation/hold-post.ts'
import { Conflict, ensure } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { audit } from '../record/audit.ts'
import { caseFor } from './case.ts'
import { canHandle } from './policy.ts'
import { longestReport } from './report.ts'
import { thankReporters } from './tell.ts'

const id = z.coerce.number().int().min(1)

export const handleInput = z.object({
  report: id,
  /** The newest report of the post that they have read. */
  seen: id,
  outcome: z
    .string()
    .trim()
    .min(1, 'Please say in a few words what you did: the other mentors read it.')
    .max(longestReport),
})

/**
 * Says that somebody has looked at a post and done what there was to do: closes all that is reported of it, and thanks
 * whoever reported it. The post's submission, if it has one, must be held before.
 * @throws NotFound, Forbidden; Conflict when it has been handled, or another report has come in that they have not read
 */
export async function handleReports(
  tx: Tx,
  content: Content,
  person: Person,
  { report: reportId, seen, outcome }: z.output<typeof handleInput>,
): Promise<PlacedPost> {
  const { post, open } = await heldCase(tx, content, person, reportId)
  ensure(canHandle(person, { post, open }), 'You reported this yourself, so somebody else handles it.')
  if (open.length === 0) throw new Conflict('Somebody else has handled this meanwhile. Nothing was changed.')
  if (open.some(({ id }) => id > seen))
    throw new Conflict(
      'Somebody else has reported this post since you opened it. What they say is here now, and your words are kept: please read it first.',
    )
  const ids = open.map(({ id }) => id)
  await tx
    .update(report)
    .set({ handledById: person.id, handledAt: new Date(), outcome })
    .where(inArray(report.id, ids))
  await thankReporters(tx, ids, post)
  await audit(tx, person, 'report.handled', { post: post.id, reports: ids.join(' '), outcome }, post.authorId)
  return post
}

/** The case as it stands once nobody can report the post meanwhile. */
async function heldCase(tx: Tx, content: Content, person: Person, reportId: number) {
  const { post } = await caseFor(tx, content, person, reportId)
  await holdPost(tx, post.id)
  return caseFor(tx, content, person, reportId)
}
