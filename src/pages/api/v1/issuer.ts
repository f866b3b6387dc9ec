import type { APIRoute } from 'astro'
import { jsonLd } from '../../../api/for-everybody.ts'
import { content } from '../../../authoring/content.ts'
import { credentialsV2, openBadgesV3 } from '../../../credentials/contexts.ts'
import { issuerProfile } from '../../../credentials/issuer-profile.ts'
import { env } from '../../../env.ts'

/** Who the certificates are from. */
export const GET: APIRoute = () =>
  jsonLd({ '@context': [credentialsV2, openBadgesV3], ...issuerProfile(content().issuer, env.ORIGIN) })
