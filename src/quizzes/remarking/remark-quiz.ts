import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '../../../db/client.ts'
import { remarking } from '../../../db/schema/quizzes.ts'
import type { Content } from '../../authoring/content.ts'
import { Conflict, found } from '../../errors.ts'
import { notify } from '../../people/notifications.ts'
import type { Person } from '../../people/person.ts'
import { audit, auditEach } from '../../record/audit.ts'
import { inPoints } from '../points.ts'
import { type Effect, effectsOf, isMoved } from './effects.ts'

export const remarkInput = z.object({
  quiz: z.string().max(200),
  reason: z
    .string()
    .trim()
    .min(1, 'Please say what was wrong: those concerned read it.')
    .max(1000, 'Please say it in at most 1,000 characters.'),
  /** What the admin has looked at. */
  seen: z.string().max(60),
  passes: z.enum(['keep', 'as-marked'], { error: 'Please choose what becomes of those who had passed.' }),
})

/**
 * Marks every attempt at a quiz anew by today's keys, all in one go: both marks are kept, and those whose points change
 * are told. Whoever had passed keeps that unless it is said otherwise; whose standing may have changed is for the
 * caller to review.
 * @throws Forbidden, NotFound; Conflict when it would do something else than was looked at, or nothing
 */
export async function remarkQuiz(
  tx: Tx,
  content: Content,
  admin: Person,
  { quiz, reason, seen, passes }: z.output<typeof remarkInput>,
): Promise<{ attempts: number; people: number[] }> {
  const { changed, effects, fingerprint } = await effectsOf(tx, content, admin, quiz, { lock: true })
  if (effects.length === 0) throw new Conflict('Every attempt is marked by today’s keys already.')
  if (fingerprint !== seen)
    throw new Conflict('Something has changed since you looked. Here is what it would do now.')

  const keepsPasses = passes === 'keep'
  const [row] = await tx
    .insert(remarking)
    .values({ quiz, reason, questions: changed, keepsPasses, byId: admin.id })
    .returning({ id: remarking.id })
  const id = found(row).id
  await keepBothMarks(tx, id, effects, keepsPasses)
  await audit(tx, admin, 'quiz.remarked', {
    remarking: id,
    quiz,
    questions: changed,
    attempts: effects.length,
  })
  await tell(tx, content, admin, quiz, effects, keepsPasses)
  return { attempts: effects.length, people: [...new Set(effects.map(({ person }) => person.id))] }
}

/** The old mark goes beside, the new one into the attempt, in two statements however many there are. */
async function keepBothMarks(tx: Tx, id: number, effects: readonly Effect[], keepsPasses: boolean) {
  const rows = JSON.stringify(
    effects.map(({ attempt, before, now }) => ({
      ...{ attempt, questions: now.questions, changed: now.changed, score: now.score },
      passed: now.passed || (keepsPasses && before.passed),
    })),
  )
  const anew = sql`jsonb_to_recordset(${rows}::text::jsonb)
    as anew (attempt bigint, questions jsonb, changed jsonb, score float8, passed boolean)`
  await tx.execute(sql`
    insert into remark (remarking_id, attempt_id, questions_before, score_before, passed_before, score, passed)
    select ${id}, a.id, (select jsonb_agg(q) from jsonb_array_elements(a.questions) q where anew.changed ? (q->>'id')),
      a.score, a.passed, anew.score, anew.passed
    from ${anew} join attempt a on a.id = anew.attempt`)
  await tx.execute(sql`
    update attempt set questions = anew.questions, score = anew.score, passed = anew.passed
    from ${anew} where attempt.id = anew.attempt`)
}

/** Each of those concerned once, about the try that it changed most for them. */
async function tell(
  tx: Tx,
  content: Content,
  admin: Person,
  quiz: string,
  effects: readonly Effect[],
  keepsPasses: boolean,
) {
  const title = content.module(quiz)?.title ?? content.guide(quiz.replace('guides/', ''))?.title ?? quiz
  const moved = effects.filter(isMoved)
  const first = new Map(moved.toReversed().map(effect => [effect.person.id, effect]))
  for (const effect of first.values()) {
    const { person, attempt, now, outOf } = effect
    await notify(tx, person.id, {
      kind: 'quiz_remarked',
      summary: `A question of the quiz on “${title}” had been marked wrongly. Your try has ${inPoints(now.score, outOf)} now${whatBecomesOf(effect, keepsPasses)}.`,
      href: `/attempts/${attempt}`,
      by: admin,
    })
  }
  await auditEach(
    tx,
    admin,
    'attempt.remarked',
    moved.map(({ person, attempt, before, now }) => ({
      subject: person.id,
      details: { attempt, before: before.score, now: now.score },
    })),
  )
}

/** What a new mark means for having passed, where it may be another; empty where it means nothing. */
function whatBecomesOf({ before, now }: Effect, keepsPasses: boolean): string {
  if (before.passed === now.passed) return ''
  if (now.passed) return ': it has passed'
  return keepsPasses ? ', and it stays passed' : ', and it has not passed any more'
}
