import { db } from '../../db/client.ts'
import { logger } from '../logger.ts'
import { signHead } from '../record/heads.ts'
import { siteSigner } from '../record/signer.ts'

/** Signs the head of the certification record, if there is anything new. */
export async function signRecord(): Promise<void> {
  try {
    await signHead(db(), siteSigner())
  } catch (error) {
    logger.error({ error: String(error) }, 'the record was not signed; it will be tried again in a minute')
  }
}
