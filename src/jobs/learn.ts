import { db } from '../../db/client.ts'
import { logger } from '../logger.ts'
import { learnWords } from '../search/learn-words.ts'

/** Learns the words of new posts, so that the search forgives whoever types one of them wrongly. */
export async function learn(): Promise<void> {
  try {
    await learnWords(db())
  } catch (error) {
    logger.warn({ error: String(error) }, 'words will be learned from new posts in an hour')
  }
}
