import { createHash } from 'node:crypto'
import { type Achieved, achievement, titleOf } from './achievement.ts'
import { credentialsV2, openBadgesV3 } from './contexts.ts'
import type { Issuer } from './issuer.ts'
import { issuerProfile } from './issuer-profile.ts'
import type { JsonObject } from './json-ld.ts'
import { type Place, statusEntries } from './status-entries.ts'

/** A certificate with all that its credential says. */
export interface Certified extends Achieved {
  code: string
  grantedAt: Date
  /** The last day (UTC) on which it is valid, if it lapses. */
  expiresOn: string | null
  email: string
  /** Null where the holder has not chosen to be named. */
  name: string | null
  /** Goes into the hash of the address, so that two credentials of one person can't be told to be so. */
  salt: string
  place: Place
}

/**
 * The credential of a certificate, before anybody has signed it: an OpenBadgeCredential as Verifiable Credentials 2.0
 * has it. The same certificate makes the same one each time, as long as its holder stays named or not, under the same
 * address. It names no JSON schema: 1EdTech's kind of validator is in none of the contexts, so that a proof would not
 * cover it. Source: Open Badges 3.0, appendix B.
 */
export function credential(certified: Certified, issuer: Issuer, origin: string): JsonObject {
  const { code, grantedAt, expiresOn, place } = certified
  const id = `${origin}/certificates/${code}`
  return {
    '@context': [credentialsV2, openBadgesV3],
    id,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: titleOf(certified),
    issuer: issuerProfile(issuer, origin),
    validFrom: withoutFraction(grantedAt),
    ...(expiresOn && { validUntil: `${expiresOn}T23:59:59Z` }),
    credentialSubject: {
      type: ['AchievementSubject'],
      identifier: identifiers(certified),
      achievement: achievement(certified, origin),
    },
    evidence: [
      {
        id,
        type: ['Evidence'],
        name: 'Certification record',
        narrative:
          'What the badge was granted on stands in the issuer’s certification record: the criteria as they were, the evidence, who decided and when.',
      },
    ],
    credentialStatus: statusEntries(place, origin),
  }
}

/** Data Integrity and Open Badges count in whole seconds. */
export const withoutFraction = (at: Date): string => `${at.toISOString().slice(0, 19)}Z`

/** Whose it is: their address hashed, so that who knows it can check it and nobody can read it; their name if they wish. */
function identifiers({ email, name, salt }: Certified): JsonObject[] {
  const hashed = {
    type: 'IdentityObject',
    hashed: true,
    identityHash: identityHash(email, salt),
    identityType: 'emailAddress',
    salt,
  }
  if (name === null) return [hashed]
  return [hashed, { type: 'IdentityObject', hashed: false, identityHash: name, identityType: 'name' }]
}

/** SHA-256 over the address in small letters and the salt after it. Source: Open Badges 3.0, IdentityHash. */
export const identityHash = (email: string, salt: string): string =>
  `sha256$${createHash('sha256')
    .update(email.toLowerCase() + salt)
    .digest('hex')}`
