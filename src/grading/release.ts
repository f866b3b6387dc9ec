import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Tx } from '../../db/client.ts'
import { result, submission } from '../../db/schema/grading.ts'
import type { Content } from '../authoring/content.ts'
import { reflectedIfDone } from '../courses/finishing.ts'
import { notify } from '../people/notifications.ts'
import type { Person } from '../people/person.ts'
import { audit } from '../record/audit.ts'

type Result = typeof result.$inferSelect

/**
 * Lets the author of a reflection know its result, and lets it count from now on. The submission must be held; whose
 * standing may have changed is for the caller to review.
 */
export async function release(tx: Tx, content: Content, by: Person | null, id: number): Promise<void> {
  const [released] = await tx
    .update(result)
    .set({ releasedAt: sql`clock_timestamp()`, releasedById: by?.id ?? null })
    .where(and(eq(result.id, id), isNull(result.releasedAt)))
    .returning()
  if (!released) return
  const state = released.outcome === 'return' ? 'returned' : 'passed'
  const [stands] = await tx
    .update(submission)
    .set({ state })
    .where(and(eq(submission.postId, released.postId), eq(submission.try, released.try)))
    .returning()
  const { postId, outcome, rule, authorId } = released
  await audit(
    tx,
    by,
    'result.released',
    { post: postId, try: released.try, result: id, outcome, rule },
    authorId,
  )
  // Its author has deleted it meanwhile.
  if (!stands) return
  if (state === 'passed') await reflectedIfDone(tx, content, released)
  await tellAuthor(tx, content, by, released)
}

async function tellAuthor(tx: Tx, content: Content, by: Person | null, told: Result): Promise<void> {
  const title = content.module(told.module)?.title ?? told.module
  const corrects = told.rule !== 'appeal' && (await hasEarlierResult(tx, told))
  const { kind, summary } =
    told.rule === 'appeal'
      ? {
          kind: 'appeal_decided' as const,
          summary: `Another mentor has looked again at your reflection on “${title}”: ${words[told.outcome]}.`,
        }
      : corrects
        ? {
            kind: 'grade_corrected' as const,
            summary: `Your mentor has corrected the answer to your reflection on “${title}”: ${words[told.outcome]}.`,
          }
        : {
            kind:
              told.outcome === 'return' ? ('reflection_returned' as const) : ('reflection_passed' as const),
            summary: `Your reflection on “${title}” ${has[told.outcome]}.`,
          }
  await notify(tx, told.authorId, { kind, summary, href: `/courses/${told.module}#reflection`, by })
}

const words = {
  pass: 'it has passed',
  distinction: 'it has passed with distinction',
  return: 'it can be better, and they say how',
}
const has = {
  pass: 'has passed, and there is feedback for you',
  distinction: 'has passed with distinction, and there is feedback for you',
  return: 'came back with what to change for another try',
}

async function hasEarlierResult(tx: Tx, { id, postId, try: aTry }: Result): Promise<boolean> {
  const [row] = await tx.execute(sql`
    select from result where post_id = ${postId} and try = ${aTry} and id < ${id} and released_at is not null limit 1`)
  return row !== undefined
}
