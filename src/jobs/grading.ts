import { db } from '../../db/client.ts'
import { content } from '../authoring/content.ts'
import { watchDrift } from '../grading/calibration/watch-drift.ts'
import { settleOverdue } from '../grading/overdue.ts'
import { logger } from '../logger.ts'

/** Longer than the hour between two looks, so that none is missed. */
const looksBack = 2 * 60 * 60_000

/** Lets answers out that have waited too long for another mentor, and asks mentors whose marks drift to tune in again. */
export async function tendGrading(): Promise<void> {
  try {
    await settleOverdue(db(), content())
    await watchDrift(db(), content(), new Date(Date.now() - looksBack))
  } catch (error) {
    logger.warn({ error: String(error) }, 'the desk will be looked after again in an hour')
  }
}
