import { and, eq, isNull } from 'drizzle-orm'
import { discussion, post } from '../../db/schema/discussions.ts'
import { content } from '../../src/authoring/content.ts'
import { postReflection, postReply } from '../../src/discussions/posting.ts'
import type { World } from './world.ts'

/** A module that anybody who takes its course may begin with. */
export const module = 'introduction-to-group-support/what-group-support-is'

/** The trainee's reflection on that module, for the world's cohort to read; posted when it is first needed. */
export async function traineesReflection({ db, cohort, people: { trainee } }: World): Promise<number> {
  const [known] = await db
    .select({ id: post.id })
    .from(post)
    .innerJoin(discussion, eq(discussion.id, post.discussionId))
    .where(
      and(
        eq(post.authorId, trainee.id),
        eq(post.kind, 'reflection'),
        eq(post.audience, 'cohort'),
        isNull(post.removed),
        eq(discussion.module, module),
        eq(discussion.cohortId, cohort.id),
      ),
    )
  if (known) return known.id
  const values = { module, markdown: 'A reflection.' }
  return (await db.transaction(tx => postReflection(tx, content(), trainee, values))).id
}

/** A reply of the trainee's own, each time a new one, as it stands when first posted. */
export async function traineesReply(world: World): Promise<{ post: string; revision: string }> {
  const values = { post: await traineesReflection(world), markdown: 'A reply.' }
  const { id } = await world.db.transaction(tx => postReply(tx, content(), world.people.trainee, values))
  return { post: String(id), revision: '1' }
}
