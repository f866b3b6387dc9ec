import type { Tx } from '../../db/client.ts'
import { following } from '../../db/schema/following.ts'
import { type Discussion, discussionFor, type Following } from '../discussions/discussion.ts'
import type { Person } from '../people/person.ts'

/** How one can follow a discussion, from the most to the least that one hears of it. */
export const levels = ['watching', 'normal', 'muted'] as const satisfies Following['level'][]

/**
 * Follows a discussion more closely, or less. How somebody follows is nobody's business but theirs, so the audit log
 * hears nothing of it.
 * @throws NotFound
 */
export async function follow(
  tx: Tx,
  person: Person,
  { discussion: id, level }: { discussion: number; level: Following['level'] },
): Promise<Discussion> {
  const discussion = await discussionFor(tx, person, id)
  await tx
    .insert(following)
    .values({ personId: person.id, discussionId: id, level, readTo: discussion.lastPostId ?? 0 })
    .onConflictDoUpdate({ target: [following.personId, following.discussionId], set: { level } })
  return discussion
}
