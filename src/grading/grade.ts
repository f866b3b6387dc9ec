import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '../../db/client.ts'
import { post as posts } from '../../db/schema/discussions.ts'
import { claim, grade, submission as submissions } from '../../db/schema/grading.ts'
import type { Content } from '../authoring/content.ts'
import { renderMarkdown } from '../authoring/markdown.ts'
import { Conflict, found, Invalid } from '../errors.ts'
import { notify } from '../people/notifications.ts'
import type { Person } from '../people/person.ts'
import { audit } from '../record/audit.ts'
import { ensureMayGrade, ensureWaiting, holdClaim } from './claim.ts'
import type { Rubric } from './rubric.ts'
import { lockSubmission, type Submission } from './submission.ts'

const count = z.coerce
  .number()
  .int()
  .min(1)
  .max(2 ** 31 - 1)

export const gradeInput = z.object({
  post: z.coerce.number().int().min(1),
  /** The try and the revision that the mentor has read. */
  try: count,
  revision: count,
  levels: z.record(z.string().max(80), z.string().max(80)),
  feedback: z.string().trim().min(1, 'Please write a few words: they are what helps.').max(5000),
  outcome: z.enum(['pass', 'return']),
})
export type GradeInput = z.output<typeof gradeInput>

/**
 * Gives a try of a reflection its grade; each try gets one.
 * @throws NotFound, Forbidden; Invalid when the levels are not those of the rubric; Conflict when another mentor has
 *         the reflection, it has been graded, grading has paused, or its author has changed it since the mentor read it
 */
export async function gradeReflection(
  tx: Tx,
  content: Content,
  mentor: Person,
  { post, levels, feedback, outcome, ...read }: GradeInput,
): Promise<{ authorId: number }> {
  const submission = await lockSubmission(tx, content, mentor, post)
  ensureMayGrade(mentor, submission)
  ensureWaiting(submission)
  await holdClaim(tx, mentor, submission)
  await ensureAsRead(tx, submission, read)
  const rubric = rubricFor(content, submission)
  ensureLevels(rubric, levels)

  await tx.insert(grade).values({
    ...{ postId: post, ...read, mentorId: mentor.id },
    ...{ outcome, rubric: rubric.id, levels, feedback, feedbackHtml: renderMarkdown(feedback) },
  })
  const state = outcome === 'pass' ? 'passed' : 'returned'
  await tx.update(submissions).set({ state }).where(eq(submissions.postId, post))
  await tx.delete(claim).where(eq(claim.postId, post))
  await tellAuthor(tx, content, mentor, submission, state)
  await audit(tx, mentor, 'reflection.graded', { post, try: submission.try, outcome }, submission.authorId)
  return submission
}

/**
 * Holds the words still until the transaction ends; after the submission, as resubmitting does, so that no two wait
 * for each other. @throws Conflict when they are not those that the mentor has read
 */
async function ensureAsRead(
  tx: Tx,
  { postId, try: latest, author }: Submission,
  read: { try: number; revision: number },
): Promise<void> {
  const [words] = await tx
    .select({ revision: posts.revision })
    .from(posts)
    .where(eq(posts.id, postId))
    .for('no key update')
  if (latest !== read.try || words?.revision !== read.revision)
    throw new Conflict(
      `@${author.handle} has changed this reflection since you opened it. The new text is here, and your words are kept: please read it again.`,
    )
}

/** The rubric that a reflection is graded by: the one it was posted under or, if that is gone, its module's now. */
export const rubricFor = (content: Content, { rubric, module }: { rubric: string; module: string }): Rubric =>
  found(content.rubric(rubric) ?? content.rubric(content.module(module)?.reflection?.rubric ?? ''))

function ensureLevels({ criteria }: Rubric, levels: Record<string, string>): void {
  const wrong = criteria.filter(({ id, levels: known }) => !known.some(level => level.id === levels[id]))
  if (wrong.length > 0)
    throw new Invalid(
      Object.fromEntries(
        wrong.map(({ id, title }) => [`levels.${id}`, `Please choose a level for “${title}”.`]),
      ),
    )
  const strange = Object.keys(levels).filter(id => !criteria.some(criterion => criterion.id === id))
  if (strange.length > 0)
    throw new Invalid({ '': 'The rubric has changed. Please look at the levels again.' })
}

async function tellAuthor(
  tx: Tx,
  content: Content,
  mentor: Person,
  { authorId, module }: Submission,
  state: 'passed' | 'returned',
) {
  const title = content.module(module)?.title ?? module
  const summary =
    state === 'passed'
      ? `Your reflection on “${title}” has passed. @${mentor.handle} wrote you feedback.`
      : `@${mentor.handle} read your reflection on “${title}” and asks for another try.`
  await notify(tx, authorId, {
    kind: `reflection_${state}`,
    summary,
    href: `/courses/${module}#reflection`,
    by: mentor,
  })
}
