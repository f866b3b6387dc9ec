import { db } from '../../db/client.ts'
import { content } from '../authoring/content.ts'
import { giveNotice } from '../badges/holding/give-notice.ts'
import { tendDuties } from '../badges/holding/tend-duties.ts'
import { lapseExpired } from '../badges/lapse.ts'
import { logger } from '../logger.ts'

/** Puts the badges on the record whose time is over, sees to the duties that came with others, and tells whose last day is near. */
export async function lapse(): Promise<void> {
  try {
    await lapseExpired(db(), content())
    await tendDuties(db(), content())
    await giveNotice(db(), content())
  } catch (error) {
    logger.warn({ error: String(error) }, 'what becomes of badges will be looked at again in a minute')
  }
}
