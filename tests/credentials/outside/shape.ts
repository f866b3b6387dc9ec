import { z } from 'zod'

/*
 * The shape of an OpenBadgeCredential, written from the tables of Open Badges 3.0, appendix B: what is required, of
 * which type, and from which words. 1EdTech's own JSON Schema may not be copied here.
 */

const uri = z.string().refine(text => /^(did|urn):/.test(text) || URL.canParse(text))
const moment = z.iso.datetime({ offset: true })
const types = (...names: string[]) =>
  z.array(z.string()).refine(given => names.every(name => given.includes(name)), `is not ${names.join(', ')}`)

const image = z.object({ id: uri, type: z.literal('Image'), caption: z.string().optional() })

const profile = z.object({
  id: uri,
  type: types('Profile'),
  name: z.string(),
  url: uri,
  email: z.email().optional(),
  description: z.string().optional(),
})

const identityTypes = z.enum(['name', 'emailAddress'])

const identity = z.object({
  type: z.literal('IdentityObject'),
  hashed: z.boolean(),
  identityHash: z.string(),
  identityType: identityTypes,
  salt: z.string().optional(),
})

const alignment = z.object({ type: types('Alignment'), targetName: z.string(), targetUrl: uri })

export const achievementShape = z.object({
  id: uri,
  type: types('Achievement'),
  achievementType: z.enum(['Badge', 'Certification', 'Certificate']),
  name: z.string(),
  description: z.string(),
  criteria: z.object({ id: uri, narrative: z.string() }),
  image,
  version: z.string(),
  alignment: z.array(alignment).optional(),
  tag: z.array(z.string()).optional(),
})

const status = z.object({
  id: uri,
  type: z.literal('BitstringStatusListEntry'),
  statusPurpose: z.enum(['revocation', 'suspension']),
  statusListIndex: z.string().regex(/^\d+$/),
  statusListCredential: uri,
})

export const openBadgeCredential = z.object({
  '@context': z
    .array(z.string())
    .refine(
      ([first, second]) =>
        first === 'https://www.w3.org/ns/credentials/v2' &&
        /^https:\/\/purl\.imsglobal\.org\/spec\/ob\/v3p0\/context-3\.\d\.\d\.json$/.test(second ?? ''),
    ),
  id: uri,
  type: types('VerifiableCredential', 'OpenBadgeCredential'),
  name: z.string(),
  issuer: profile,
  validFrom: moment,
  validUntil: moment.optional(),
  credentialSubject: z.object({
    type: types('AchievementSubject'),
    identifier: z.array(identity).min(1),
    achievement: achievementShape,
  }),
  evidence: z.array(z.object({ id: uri, type: types('Evidence'), narrative: z.string() })),
  credentialStatus: z.array(status).length(2),
})
