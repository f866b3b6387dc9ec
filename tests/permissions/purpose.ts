import { and, eq } from 'drizzle-orm'
import { discussion, post } from '../../db/schema/discussions.ts'
import { found } from '../../src/errors.ts'
import { type ActionRow, signedIn } from './row.ts'
import type { World } from './world.ts'

/** A module whose question may be answered to the mentors alone. */
const personal = 'introduction-to-group-support/sharing-and-naming-challenges'

/** The trainee's reflection for the mentors alone, as it was before anybody shared it. */
async function traineesPrivateReflection({ db, cohort, people: { trainee } }: World): Promise<string> {
  const place = { cohortId: cohort.id, module: personal }
  await db.insert(discussion).values(place).onConflictDoNothing()
  const [known] = await db
    .select({ id: discussion.id })
    .from(discussion)
    .where(and(eq(discussion.cohortId, cohort.id), eq(discussion.module, personal)))
  const discussionId = found(known).id
  const words = { kind: 'reflection', markdown: 'For you.', html: '<p>For you.</p>' } as const
  await db
    .insert(post)
    .values({ ...words, discussionId, authorId: trainee.id })
    .onConflictDoNothing()
  const [row] = await db
    .update(post)
    .set({ audience: 'mentors' })
    .where(and(eq(post.discussionId, discussionId), eq(post.authorId, trainee.id)))
    .returning({ id: post.id })
  return String(found(row).id)
}

/** What a discussion is for: by when, with whom, and read by whom. */
export const actionRows: Record<string, ActionRow> = {
  'admin.setDueDates': {
    page: '/path',
    fields: ({ otherCohort }) => ({
      cohortId: String(otherCohort.id),
      'reflection.what-group-support-is': '2026-12-03',
    }),
    answers: signedIn(403, { admin: 'done' }),
  },
  'discussions.share': {
    page: `/courses/${personal}`,
    fields: async world => ({ post: await traineesPrivateReflection(world) }),
    answers: signedIn(404, { trainee: 'done', mentor: 403, admin: 403 }),
  },
}
