import { db } from '../../db/client.ts'
import { content } from '../authoring/content.ts'
import { settleOverdue } from '../grading/overdue.ts'
import { logger } from '../logger.ts'

/** Lets answers out that have waited too long for a second or third mentor. */
export async function settle(): Promise<void> {
  try {
    await settleOverdue(db(), content())
  } catch (error) {
    logger.warn({ error: String(error) }, 'the settling of overdue answers will be tried again in an hour')
  }
}
