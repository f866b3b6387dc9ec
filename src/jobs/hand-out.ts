import { db } from '../../db/client.ts'
import { content } from '../authoring/content.ts'
import { handOut } from '../grading/pace/hand-out.ts'
import { logger } from '../logger.ts'

/** Hands out what waits on the desk among the mentors, and takes back what was let lie. */
export async function share(): Promise<void> {
  try {
    await db().transaction(tx => handOut(tx, content()))
  } catch (error) {
    logger.warn(
      { error: String(error) },
      'the handing out of reflections will be tried again in five minutes',
    )
  }
}
