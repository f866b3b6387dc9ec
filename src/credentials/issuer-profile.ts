import type { Issuer } from './issuer.ts'
import { didOf } from './did.ts'
import type { JsonObject } from './json-ld.ts'

/** The issuer as a Profile of Open Badges. */
export const issuerProfile = (issuer: Issuer, origin: string): JsonObject => ({
  id: didOf(origin),
  type: ['Profile'],
  name: issuer.name,
  url: issuer.url ?? origin,
  ...(issuer.description && { description: issuer.description }),
  ...(issuer.email && { email: issuer.email }),
})
