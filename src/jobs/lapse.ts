import { db } from '../../db/client.ts'
import { content } from '../authoring/content.ts'
import { lapseExpired } from '../badges/lapse.ts'
import { logger } from '../logger.ts'

/** Puts the badges on the record whose time is over. */
export async function lapse(): Promise<void> {
  try {
    await lapseExpired(db(), content())
  } catch (error) {
    logger.warn({ error: String(error) }, 'the lapsing of badges will be tried again in a minute')
  }
}
