import type { APIContext } from 'astro'
import { forPeople, statusOf } from '../errors.ts'
import { logger } from '../logger.ts'
import { limit, type LimitKind } from '../people/rate-limit.ts'
import { forEverybody } from './for-everybody.ts'
import { refusal } from './json.ts'

/**
 * A question that anybody's program may ask, so often and no more, and whose answer is not kept on the way. What it
 * throws for people is told in JSON; of anything else that goes wrong it is noted what, never what was asked.
 */
export async function openAsk(
  { url }: Pick<APIContext, 'url'>,
  { kind, who }: { kind: LimitKind; who: string },
  work: () => Promise<{ status: number; json: unknown }>,
): Promise<Response> {
  const headers = { ...forEverybody, 'cache-control': 'no-store' }
  try {
    await limit(kind, who)
    const { status, json } = await work()
    return Response.json(json, { status, headers })
  } catch (error) {
    if (forPeople(error)) return refusal(statusOf(error), error.message, headers)
    logger.error({ error: error instanceof Error ? error.stack : String(error), path: url.pathname })
    const sentence = 'This could not be checked just now. Please ask again in a minute.'
    return refusal(503, sentence, { ...headers, 'retry-after': '60' })
  }
}
