import { content } from '../../src/authoring/content.ts'
import { startAttempt } from '../../src/quizzes/start-attempt.ts'
import type { World } from './world.ts'

/** The quiz of a module that waits for no other, in the course that the world's trainees take. */
export const firstQuiz = content().course('introduction-to-group-support')!.modules[0]!.id

/** The open attempt of the trainee, who has one after this if they had none. */
export const attemptOfTrainee = async ({ db, people }: World): Promise<string> =>
  String(await db.transaction(tx => startAttempt(tx, content(), people.trainee, firstQuiz)))
