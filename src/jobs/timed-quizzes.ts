import { db } from '../../db/client.ts'
import { content } from '../authoring/content.ts'
import { reviewStanding } from '../badges/review-standing.ts'
import { logger } from '../logger.ts'
import { handInOverdue } from '../quizzes/time-limit.ts'

/** Hands in what was saved of quizzes whose time is over. */
export async function endTimedQuizzes(): Promise<void> {
  try {
    await db().transaction(async tx => {
      for (const id of await handInOverdue(tx)) await reviewStanding(tx, content(), id)
    })
  } catch (error) {
    logger.warn({ error: String(error) }, 'quizzes whose time is over will be handed in in a minute')
  }
}
