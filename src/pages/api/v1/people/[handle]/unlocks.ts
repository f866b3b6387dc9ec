import type { APIRoute } from 'astro'
import { db } from '../../../../../../db/client.ts'
import { jsonOrUnchanged, withToken } from '../../../../../api/door.ts'
import { refusal } from '../../../../../api/json.ts'
import { content } from '../../../../../authoring/content.ts'
import { openTo } from '../../../../../badges/for-rooms.ts'

export const GET: APIRoute = ({ request, params: { handle = '' } }) =>
  withToken(request, 'badges:read', async () =>
    jsonOrUnchanged(request, await openTo(db(), content(), handle)),
  )

/** The server leaves the body out. */
export const HEAD = GET

export const ALL: APIRoute = () => refusal(405, 'Ask for unlocks with GET.', { allow: 'GET, HEAD' })
