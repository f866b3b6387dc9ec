import { z } from 'zod'
import type { Tx } from '../../../db/client.ts'
import type { Content } from '../../authoring/content.ts'
import { found } from '../../errors.ts'
import { audit } from '../../record/audit.ts'
import { openQuizzes } from './open-quizzes.ts'
import { makeDue } from './remember.ts'

export const goThroughInput = z.object({ quiz: z.string().min(1, 'Please choose one.').max(200) })

/**
 * Makes every question of a quiz due today, what one got right as well.
 * @throws NotFound when this person may not go over it
 */
export async function goThrough(
  tx: Tx,
  content: Content,
  person: { id: number },
  { quiz: quizId }: z.output<typeof goThroughInput>,
  now = new Date(),
): Promise<void> {
  const { id, questions } = found((await openQuizzes(tx, content, person, [quizId])).get(quizId))
  await makeDue(
    tx,
    person,
    id,
    questions.map(question => question.id),
    now,
  )
  await audit(tx, person, 'recall.gathered', { quiz: id })
}
