import type { APIRoute } from 'astro'
import { z } from 'zod'
import { forPeople, statusOf } from '../errors.ts'
import { logger } from '../logger.ts'
import type { SignedHead } from '../record/heads.ts'
import type { InclusionProof, Tree } from '../record/proofs.ts'
import { refusal } from './json.ts'

/** Anybody may ask, from any page: what is told is for everybody. */
const open = { 'access-control-allow-origin': '*' }

/** A whole number in an address, from 1. */
export const positive = z
  .string()
  .regex(/^[1-9]\d{0,14}$/)
  .transform(Number)

interface Told {
  json: unknown
  /** For how many seconds it may be kept; what can never change may be kept for ever. */
  keep: number | 'ever'
}

/**
 * An address of the record's API that anybody may read.
 * @param query what may stand in its address, and a sentence for whoever puts there something else
 * @param tell throws what is meant for people, as a room does
 */
export const openRead =
  <S extends z.ZodType>(
    { query, usage }: { query: S; usage: string },
    tell: (asked: z.output<S>) => Promise<Told>,
  ): APIRoute =>
  async ({ url }) => {
    const asked = query.safeParse(Object.fromEntries(url.searchParams))
    if (!asked.success) return refusal(400, usage, open)
    try {
      const { json, keep } = await tell(asked.data)
      const cache = keep === 'ever' ? 'public, max-age=31536000, immutable' : `public, max-age=${keep}`
      return Response.json(json, { headers: { ...open, 'cache-control': cache } })
    } catch (error) {
      if (forPeople(error))
        return refusal(statusOf(error), error.message, { ...open, 'cache-control': 'no-store' })
      logger.error({ error: error instanceof Error ? error.stack : String(error), path: url.pathname })
      return refusal(503, 'This could not be looked up just now. Please ask again in a minute.', {
        ...open,
        'retry-after': '60',
      })
    }
  }

export const onlyGet: APIRoute = () => refusal(405, 'Ask with GET.', { ...open, allow: 'GET' })

/** A signed head, as outsiders read it. */
export const headJson = ({ size, root, at, key, note }: SignedHead) => ({
  ...{ origin: key.split('+')[0], size, root, at: at.toISOString(), key, note },
})

export const treeJson = ({ size, root, head }: Tree) => ({ size, root, note: head?.note ?? null })

export const proofJson = ({ line, index, leaf, path }: InclusionProof) => ({ ...line, index, leaf, path })
