import type { APIRoute } from 'astro'
import { db } from '../../db/client.ts'
import { pendingMigrations } from '../../db/pending.ts'

/** Ready: the database can be reached and has this version's tables. */
export const GET: APIRoute = async () => {
  try {
    const pending = await pendingMigrations(db())
    return Response.json({ ready: pending === 0, pending }, { status: pending === 0 ? 200 : 503 })
  } catch {
    return Response.json({ ready: false, reason: 'The database cannot be reached.' }, { status: 503 })
  }
}
