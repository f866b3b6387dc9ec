import type { APIRoute } from 'astro'
import { db } from '../../../../db/client.ts'
import { tokenOf } from '../../../api/bearer.ts'
import { readJson, refusal } from '../../../api/json.ts'
import { content } from '../../../authoring/content.ts'
import { reviewStandings } from '../../../badges/review-standing.ts'
import { logger } from '../../../logger.ts'
import { batchInput } from '../../../practice/batch.ts'
import { receiveBatch } from '../../../practice/receive-batch.ts'

export const POST: APIRoute = async ({ request }) => {
  try {
    const token = await tokenOf(request)
    if (token instanceof Response) return token
    const body = await readJson(request)
    if (body instanceof Response) return body
    const batch = batchInput.safeParse(body.json)
    if (!batch.success) return refusal(400, 'Send {"items": […]} with 1 to 1,000 items.')

    const answer = await db().transaction(async tx => {
      const received = await receiveBatch(tx, content(), token, batch.data.items)
      await reviewStandings(tx, content(), received.people)
      return received.answer
    })
    return Response.json(answer)
  } catch (error) {
    logger.error({ error: error instanceof Error ? error.stack : String(error), path: '/api/v1/evidence' })
    return refusal(503, 'This could not be taken just now. Please send it again in a minute.', {
      'retry-after': '60',
    })
  }
}

export const ALL: APIRoute = () => refusal(405, 'Send evidence with POST.', { allow: 'POST' })
