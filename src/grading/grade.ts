import { eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '../../db/client.ts'
import { post as posts } from '../../db/schema/discussions.ts'
import { grade, marking as markings, outcomes } from '../../db/schema/grading.ts'
import type { Content } from '../authoring/content.ts'
import { renderMarkdown } from '../authoring/markdown.ts'
import { Conflict, ensure, found, Invalid } from '../errors.ts'
import { asNow } from '../people/load-person.ts'
import type { Person } from '../people/person.ts'
import { audit } from '../record/audit.ts'
import { ensureMayGrade, ensureWaiting, holdClaim, tellDesks } from './claims.ts'
import { lockMarking, type Marking } from './marking.ts'
import { mentorsCohort } from '../courses/policy.ts'
import type { Rubric } from './rubric.ts'
import { settle, type Outcomes } from './settle.ts'
import { wrongLevels } from './wrong-levels.ts'

export const longestFeedback = 5000

export const gradeInput = z.object({
  marking: z.coerce.number().int().min(1),
  /** The revision that the mentor has read. */
  revision: z.coerce
    .number()
    .int()
    .min(1)
    .max(2 ** 31 - 1),
  levels: z.record(z.string().max(80), z.string().max(80)),
  feedback: z.string().trim().min(1, 'Please write a few words: they are what helps.').max(longestFeedback),
  toChange: z.string().trim().max(longestFeedback).default(''),
  outcome: z.enum(outcomes, { error: 'Please choose what becomes of it.' }),
  /** It is to take the place of the grade that the same mentor gave before. */
  corrects: z
    .literal('yes')
    .optional()
    .transform(corrects => corrects === 'yes'),
  /** To be held until the answers of its module go out together. */
  hold: z
    .literal('yes')
    .optional()
    .transform(hold => hold === 'yes'),
})
export type GradeInput = z.output<typeof gradeInput>

/**
 * Saves a mentor's grade for a marking, and does what follows: asks for another mark, or settles the try and releases
 * its result unless it is to be held. While theirs is the only mark, the same mentor may correct it by another; both are
 * kept.
 * @returns what became of it, and whose standing may have changed
 * @throws NotFound, Forbidden; Invalid when the levels are not those of the rubric; Conflict when another mentor has
 *         the reflection, it has been graded, grading has paused, or its author has changed it since the mentor read it
 */
export async function gradeMarking(
  tx: Tx,
  content: Content,
  person: Person,
  { marking: id, corrects, ...input }: GradeInput,
): Promise<Outcomes> {
  const mentor = await asNow(tx, person)
  const marking = await lockMarking(tx, mentor, id)
  if (corrects) ensureMayCorrect(mentor, marking)
  else {
    ensureMayGrade(mentor, marking)
    ensureWaiting(marking)
    await holdClaim(tx, mentor, marking)
  }
  await ensureAsRead(tx, marking, input.revision)
  const rubric = rubricFor(content, marking)
  const wrong = wrongLevels(rubric, input.levels)
  if (Object.keys(wrong).length > 0) throw new Invalid(wrong)
  const toChange = input.outcome === 'return' ? input.toChange : ''
  if (input.outcome === 'return' && toChange === '')
    throw new Invalid({ toChange: 'Please say what to change: it is what they will work from.' })

  const { levels, feedback, outcome, revision, hold } = input
  const [given] = await tx
    .insert(grade)
    .values({
      ...{ markingId: id, postId: marking.postId, try: marking.try, revision, mentorId: mentor.id },
      ...{ outcome, rubric: rubric.id, levels, feedback, feedbackHtml: renderMarkdown(feedback) },
      ...{ toChange, toChangeHtml: renderMarkdown(toChange), held: hold },
    })
    .returning({ id: grade.id })
  if (!corrects) await closeDone(tx, mentor, marking)
  // Not what it came to: nobody who may mark the try as well learns that from the log.
  await audit(
    tx,
    mentor,
    corrects ? 'reflection.regraded' : 'reflection.graded',
    { post: marking.postId, marking: id, try: marking.try, grade: found(given).id },
    marking.authorId,
  )
  return settle(tx, content, mentor, { marking, rubric, correcting: corrects })
}

/** Nobody corrects what others have acted on: a second mark, an appeal, or the author's next try. */
function ensureMayCorrect(mentor: Person, { correctable, ...marking }: Marking): void {
  ensure(mentorsCohort(mentor, marking) && marking.doneById === mentor.id)
  if (!correctable)
    throw new Conflict('Others have gone on from this grade, so it stays as it is. Nothing was changed.')
}

/**
 * Holds the words still until the transaction ends; after the submission, as resubmitting does, so that no two wait
 * for each other. @throws Conflict when they are not those that the mentor has read
 */
async function ensureAsRead(tx: Tx, { postId, frozen, revision, author }: Marking, read: number) {
  const [words] = await tx
    .select({ revision: posts.revision })
    .from(posts)
    .where(eq(posts.id, postId))
    .for('no key update')
  if (read !== (frozen ? revision : words?.revision))
    throw new Conflict(
      `@${author.handle} has changed this reflection since you opened it. The new text is here, and your words are kept: please read it again.`,
    )
}

/** The rubric that a reflection is graded by: the one it was posted under or, if that is gone, its module's now. */
export const rubricFor = (content: Content, { rubric, module }: { rubric: string; module: string }): Rubric =>
  found(content.rubric(rubric) ?? content.rubric(content.module(module)?.reflection?.rubric ?? ''))

async function closeDone(tx: Tx, mentor: Person, { id }: Marking): Promise<void> {
  await tx
    .update(markings)
    .set({
      ...{ closedAt: sql`clock_timestamp()`, doneById: mentor.id },
      ...{ claimedById: null, claimedUntil: null, claimKey: null },
    })
    .where(eq(markings.id, id))
  await tellDesks(tx, id)
}
