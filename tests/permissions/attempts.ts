import { eq } from 'drizzle-orm'
import { attempt } from '../../db/schema/quizzes.ts'
import { content } from '../../src/authoring/content.ts'
import { startAttempt } from '../../src/quizzes/start-attempt.ts'
import { allKinds } from '../quizzes/all-kinds.ts'
import type { World } from './world.ts'

/** The quiz of a module that waits for no other, in the course that the world's trainees take. */
export const firstQuiz = content().course('introduction-to-group-support')!.modules[0]!.id

/** The open attempt of the trainee, who has one after this if they had none. */
export const attemptOfTrainee = async ({ db, people }: World): Promise<string> =>
  String(await db.transaction(tx => startAttempt(tx, content(), people.trainee, firstQuiz)))

/** The same, with hints for whoever asks. */
export async function attemptWithHints(world: World): Promise<string> {
  const id = await attemptOfTrainee(world)
  const questions = allKinds.map(question => ({
    ...question,
    hints: Array.from({ length: 20 }, () => ({ text: 'Think of a door.', cost: 0 })),
  }))
  await world.db
    .update(attempt)
    .set({ questions })
    .where(eq(attempt.id, Number(id)))
  return id
}
