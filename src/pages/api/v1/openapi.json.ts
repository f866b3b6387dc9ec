import type { APIRoute } from 'astro'
import { openApi } from '../../../api/openapi.ts'
import { env } from '../../../env.ts'

const headers = { 'cache-control': 'public, max-age=300', 'access-control-allow-origin': '*' }

export const GET: APIRoute = () => Response.json(openApi(env.ORIGIN), { headers })
