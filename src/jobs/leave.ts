import { db } from '../../db/client.ts'
import { content } from '../authoring/content.ts'
import { logger } from '../logger.ts'
import { eraseDue } from '../own/erasing/erase.ts'

/** Erases whoever asked for it and has not come back by their day. */
export async function leave(): Promise<void> {
  const warn = (error: unknown) =>
    logger.warn({ error: String(error) }, 'an account will be erased at another try, in a minute')
  await eraseDue(db(), content(), warn).catch(warn)
}
