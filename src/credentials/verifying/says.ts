import { z } from 'zod'
import type { JsonObject } from '../json-ld.ts'

/** What a credential says of itself, in so far as it says it as Open Badges does. */
export interface Says {
  /** Of which standard it is; null for none that we know. */
  form: 'open-badge' | 'older-open-badge' | 'open-badge-2' | 'other-credential' | null
  id: string | null
  issuer: { id: string | null; name: string | null }
  badge: string | null
  summary: string | null
  holder: string | null
  from: Date | null
  until: Date | null
}

const one = <T extends z.ZodType>(shape: T) =>
  z.preprocess((value: unknown) => (Array.isArray(value) ? (value as unknown[])[0] : value), shape)

/** A text of which no more is shown than fits a page, and nothing that can't be seen. */
const upTo = (most: number) =>
  z
    .string()
    .transform(said => {
      const plain = said.replaceAll(/\p{Cc}+/gu, ' ').trim()
      // Not in the middle of a letter that takes two places.
      return plain.length > most ? `${plain.slice(0, most).replace(/[\uD800-\uDBFF]$/, '')}…` : plain
    })
    .nullable()
    .catch(null)

const text = upTo(120)

const names = z
  .union([z.string().transform(name => [name]), z.array(z.unknown())])
  .catch([])
  .transform(given => new Set<unknown>(given))

const moment = z.iso
  .datetime({ offset: true })
  .transform(said => new Date(said))
  .nullable()
  .catch(null)

const named = z
  .union([
    z.string().transform(id => ({ id: text.parse(id), name: null })),
    z.object({ id: text, name: text }),
  ])
  .catch({ id: null, name: null })

const identity = z.object({ hashed: z.literal(false), identityType: z.literal('name'), identityHash: text })

const shape = z.object({
  '@context': names,
  type: names,
  id: z.string().nullable().catch(null),
  name: text,
  issuer: named,
  validFrom: moment,
  issuanceDate: moment,
  validUntil: moment,
  expirationDate: moment,
  credentialSubject: one(
    z
      .object({
        identifier: z.array(z.unknown()).catch([]),
        achievement: one(
          z.object({ name: text, description: upTo(300) }).catch({ name: null, description: null }),
        ),
      })
      .catch({ identifier: [], achievement: { name: null, description: null } }),
  ),
})

/** Reads what a credential of whoever says; what it says otherwise than the standards have it is passed over. */
export function saysOf(json: JsonObject): Says {
  const said = shape.parse(Object.fromEntries(Object.keys(shape.shape).map(name => [name, json[name]])))
  const { identifier, achievement } = said.credentialSubject
  return {
    form: formOf(said),
    id: said.id,
    issuer: said.issuer,
    badge: achievement.name ?? said.name,
    summary: achievement.description,
    holder: identifier.map(each => identity.safeParse(each).data?.identityHash).find(Boolean) ?? null,
    from: said.validFrom ?? said.issuanceDate,
    until: said.validUntil ?? said.expirationDate,
  }
}

function formOf({
  '@context': contexts,
  type,
}: {
  '@context': Set<unknown>
  type: Set<unknown>
}): Says['form'] {
  if (type.has('Assertion')) return 'open-badge-2'
  if (!type.has('VerifiableCredential')) return null
  const isBadge = type.has('OpenBadgeCredential') || type.has('AchievementCredential')
  if (contexts.has('https://www.w3.org/ns/credentials/v2')) return isBadge ? 'open-badge' : 'other-credential'
  if (contexts.has('https://www.w3.org/2018/credentials/v1'))
    return isBadge ? 'older-open-badge' : 'other-credential'
  return null
}
