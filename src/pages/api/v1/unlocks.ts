import type { APIRoute } from 'astro'
import { db } from '../../../../db/client.ts'
import { jsonOrUnchanged, withToken } from '../../../api/door.ts'
import { refusal } from '../../../api/json.ts'
import { content } from '../../../authoring/content.ts'
import { whoMayEnter } from '../../../badges/for-rooms.ts'

export const GET: APIRoute = ({ request, url: { searchParams } }) =>
  withToken(request, 'badges:read', async () => {
    const room = searchParams.get('room') ?? ''
    const after = searchParams.get('after') ?? '0'
    if (room === '') return refusal(400, 'Say which room: /api/v1/unlocks?room=support-rooms.')
    if (!/^\d{1,15}$/.test(after)) return refusal(400, 'Give as `after` what the page before called `next`.')
    return jsonOrUnchanged(request, await whoMayEnter(db(), content(), { room, after: Number(after) }))
  })

/** The server leaves the body out. */
export const HEAD = GET

export const ALL: APIRoute = () => refusal(405, 'Ask for unlocks with GET.', { allow: 'GET, HEAD' })
