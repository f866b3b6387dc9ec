import { createHash, hkdfSync } from 'node:crypto'
import { env } from '../env.ts'

/** How long the secret before the present one signs as well: milliseconds. */
export const overlap = 24 * 60 * 60_000

type Derivation = { salt: string; generation: number }

/**
 * An endpoint's secret, in the form of Standard Webhooks: HKDF-SHA-256 (RFC 5869) over the site's own, so that it can
 * sign and yet is kept nowhere: who reads the database, or a backup of it, can sign nothing.
 */
export const secretOf = ({ salt, generation }: Derivation, site = env.SECRET): string =>
  `whsec_${Buffer.from(hkdfSync('sha256', site, salt, `trellis webhook ${generation}`, 32)).toString('base64')}`

/** What is kept of a secret: enough to know it again, and nothing to sign with. */
export const traceOf = (secret: string): string =>
  createHash('sha256').update(secret).digest('base64url').slice(0, 16)

/** Whether this instance has the site's secret from which the endpoint's was made. */
export const canSign = (endpoint: Derivation & { secretTrace: string }): boolean =>
  traceOf(secretOf(endpoint)) === endpoint.secretTrace

/** The secrets that sign now: the present one, and the one before it until that is over. */
export const secretsAt = (
  { salt, generation, previousUntil }: Derivation & { previousUntil: Date | null },
  now: Date,
): string[] =>
  previousUntil !== null && previousUntil > now
    ? [secretOf({ salt, generation }), secretOf({ salt, generation: generation - 1 })]
    : [secretOf({ salt, generation })]
