import type { JsonObject } from './json-ld.ts'

/** What a status list can say of a credential. */
export const purposes = ['revocation', 'suspension'] as const
export type Purpose = (typeof purposes)[number]

/** Where a credential stands in the status lists: one bit in each list of this number. */
export interface Place {
  list: number
  index: number
}

/** The address of a status list: `revocation-0`. */
export const statusListUrl = (origin: string, purpose: Purpose, list: number): string =>
  `${origin}/credentials/status/${purpose}-${list}`

/** The list that the last part of such an address names. */
export function listNamed(name: string): { purpose: Purpose; list: number } | undefined {
  const [, word, list] = /^([a-z]+)-(0|[1-9]\d{0,5})$/.exec(name) ?? []
  const purpose = purposes.find(one => one === word)
  return purpose && { purpose, list: Number(list) }
}

/** What a credential says of where its status is told. Source: Bitstring Status List 1.0, section 2.1. */
export const statusEntries = ({ list, index }: Place, origin: string): JsonObject[] =>
  purposes.map(purpose => {
    const url = statusListUrl(origin, purpose, list)
    return {
      id: `${url}#${index}`,
      type: 'BitstringStatusListEntry',
      statusPurpose: purpose,
      statusListIndex: String(index),
      statusListCredential: url,
    }
  })
