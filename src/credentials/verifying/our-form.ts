import { z } from 'zod'
import { credentialsV2, openBadgesV3 } from '../contexts.ts'
import { didOf } from '../did.ts'

/**
 * The exact form that this site gives its credentials. A Data Integrity proof covers what a document means and not how
 * it is written: with another context, or with a word put elsewhere in it, the same proof would fit JSON that reads
 * otherwise. So whatever is not written as we write it is not ours. It also bounds the work of putting a document in
 * canonical form, which grows without measure for some. Source: Data Integrity 1.0, section 2.4.1 (validating contexts).
 */
export function ourForm(origin: string) {
  const here = z.string().startsWith(`${origin}/`).max(500)
  const text = z.string().max(20_000)
  const only = (name: string) => z.tuple([z.literal(name)])
  const moment = z.iso.datetime()

  const profile = z.strictObject({
    id: z.literal(didOf(origin)),
    type: only('Profile'),
    name: text,
    url: z.url(),
    description: text.optional(),
    email: text.optional(),
  })
  const identity = z.strictObject({
    type: z.literal('IdentityObject'),
    hashed: z.boolean(),
    identityHash: text,
    identityType: z.enum(['emailAddress', 'name']),
    salt: text.optional(),
  })
  const alignment = z.strictObject({
    type: only('Alignment'),
    targetName: text,
    targetUrl: text,
    targetFramework: text.optional(),
    targetCode: text.optional(),
    targetDescription: text.optional(),
  })
  const achievement = z.strictObject({
    id: here,
    type: only('Achievement'),
    achievementType: z.literal('Certification'),
    name: text,
    description: text,
    criteria: z.strictObject({ id: here, narrative: text }),
    image: z.strictObject({ id: here, type: z.literal('Image'), caption: text }),
    version: text,
    inLanguage: text,
    alignment: z.array(alignment).max(20).optional(),
    tag: z.array(text).max(50).optional(),
  })
  const status = z.strictObject({
    id: here,
    type: z.literal('BitstringStatusListEntry'),
    statusPurpose: z.enum(['revocation', 'suspension']),
    statusListIndex: z.string().regex(/^\d{1,10}$/),
    statusListCredential: here,
  })
  return z.strictObject({
    '@context': z.tuple([z.literal(credentialsV2), z.literal(openBadgesV3)]),
    id: here,
    type: z.tuple([z.literal('VerifiableCredential'), z.literal('OpenBadgeCredential')]),
    name: text,
    issuer: profile,
    validFrom: moment,
    validUntil: moment.optional(),
    credentialSubject: z.strictObject({
      type: only('AchievementSubject'),
      identifier: z.array(identity).min(1).max(4),
      achievement,
    }),
    evidence: z
      .array(z.strictObject({ id: here, type: only('Evidence'), name: text, narrative: text }))
      .max(10),
    credentialStatus: z.array(status).length(2),
  })
}
export type OurCredential = z.output<ReturnType<typeof ourForm>>

/** A proof as we make them. */
export const ourProof = z.strictObject({
  type: z.literal('DataIntegrityProof'),
  created: z.iso.datetime(),
  verificationMethod: z.string().max(500),
  cryptosuite: z.literal('eddsa-rdfc-2022'),
  proofPurpose: z.literal('assertionMethod'),
  proofValue: z.string().regex(/^z[1-9A-HJ-NP-Za-km-z]{40,120}$/),
})
