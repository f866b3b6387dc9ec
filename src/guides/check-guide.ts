import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '../../db/client.ts'
import { guideCompletion } from '../../db/schema/guides.ts'
import type { Content } from '../authoring/content.ts'
import { found, Invalid } from '../errors.ts'
import { answersInput, answersTo, unanswered } from '../quizzes/attempt-input.ts'
import type { Answers } from '../quizzes/marking.ts'
import { lockTries } from '../quizzes/start-attempt.ts'
import { submitAtOnce } from '../quizzes/submit-at-once.ts'
import { audit } from '../record/audit.ts'
import type { Guide } from './guide.ts'

export const checkInput = z.object({ guide: z.string().max(100), answers: answersInput })

/** What became of a check: the attempt that tells how it went, and whether it completed the guide just now. */
export type Checked = { readonly attempt: number | null; readonly completed: boolean }

/**
 * Marks a person's answers to a guide's check. With all of them right the guide is completed, once for all; else
 * they may try again at once.
 * @throws NotFound; Invalid with the questions that have no answer yet
 */
export async function checkGuide(
  tx: Tx,
  content: Content,
  person: { id: number },
  { guide: guideId, answers: posted }: { guide: string; answers: Answers },
  now = new Date(),
): Promise<Checked> {
  const guide = found(content.guide(guideId))
  await lockTries(tx, person, guide.check.id)
  if (await isCompleted(tx, person, guide.id)) return { attempt: null, completed: false }

  const { questions } = guide.check
  const answers = answersTo(questions, posted)
  const open = unanswered(questions, answers)
  if (open.length > 0)
    throw new Invalid(
      Object.fromEntries(
        open.map(question => [
          `answers.${question.id}`,
          `Question ${questions.indexOf(question) + 1} has no answer yet.`,
        ]),
      ),
    )

  const { id, passed } = await submitAtOnce(tx, person, guide.check, answers, now)
  return { attempt: id, completed: passed && (await complete(tx, person, guide, now)) }
}

async function isCompleted(tx: Tx, person: { id: number }, guide: string): Promise<boolean> {
  const rows = await tx
    .select({ at: guideCompletion.at })
    .from(guideCompletion)
    .where(and(eq(guideCompletion.personId, person.id), eq(guideCompletion.guide, guide)))
  return rows.length > 0
}

/** Whether it is completed now and was not before. */
async function complete(
  tx: Tx,
  person: { id: number },
  { id: guide, version }: Guide,
  at: Date,
): Promise<boolean> {
  const [row] = await tx
    .insert(guideCompletion)
    .values({ personId: person.id, guide, version, at })
    .onConflictDoNothing()
    .returning()
  if (!row) return false
  await audit(tx, person, 'guide.completed', { guide, version })
  return true
}
