import type { APIRoute } from 'astro'
import { jsonLd } from '../../api/for-everybody.ts'
import { didDocument } from '../../credentials/did.ts'
import { env } from '../../env.ts'
import { allKeys } from '../../keys/ring.ts'

/** Whom did:web finds here, with all keys that ever signed. */
export const GET: APIRoute = () => jsonLd(didDocument(env.ORIGIN, allKeys()), 'application/did+ld+json')
