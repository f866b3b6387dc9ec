import type { APIRoute } from 'astro'
import { db } from '../../../../db/client.ts'
import { withToken } from '../../../api/door.ts'
import { readJson, refusal } from '../../../api/json.ts'
import { content } from '../../../authoring/content.ts'
import { reviewStandings } from '../../../badges/review-standing.ts'
import { batchInput } from '../../../practice/batch.ts'
import { receiveBatch } from '../../../practice/receive-batch.ts'

export const POST: APIRoute = ({ request }) =>
  withToken(request, 'evidence:write', async token => {
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
  })

export const ALL: APIRoute = () => refusal(405, 'Send evidence with POST.', { allow: 'POST' })
