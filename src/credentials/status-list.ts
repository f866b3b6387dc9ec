import { createHash } from 'node:crypto'
import { createCredential, createList } from '@digitalbazaar/vc-bitstring-status-list'
import type { Queryable } from '../../db/client.ts'
import { found } from '../errors.ts'
import { currentKey } from '../keys/ring.ts'
import { listLength } from './certified.ts'
import { withoutFraction } from './credential.ts'
import { withProof } from './data-integrity.ts'
import { didOf } from './did.ts'
import type { JsonObject } from './json-ld.ts'
import { markedIn } from './status.ts'
import { type Purpose, statusListUrl } from './status-entries.ts'

/** How long whoever has read a list may rely on it: seconds. */
export const listHoldsFor = 60

/** After how long a list is signed anew although nothing has changed, to show that it is still kept: milliseconds. */
const signedAnewAfter = 60 * 60 * 1000

export interface SignedList {
  body: string
  etag: string
}

/** The lists as they were last signed, with what would make another of them. */
const signed = new Map<string, { of: string; at: number; list: SignedList }>()

/**
 * A status list as a signed credential, made from the certificates as they stand.
 * Source: Bitstring Status List 1.0, section 2.2.
 * @throws NotFound where there is no such list
 */
export async function statusList(
  db: Queryable,
  origin: string,
  { purpose, list }: { purpose: Purpose; list: number },
  now = new Date(),
): Promise<SignedList> {
  const marked = found(await markedIn(db, purpose, list))
  const id = statusListUrl(origin, purpose, list)
  const key = currentKey('Ed25519')
  const of = [key.id, ...marked.toSorted((a, b) => a - b)].join()
  const known = signed.get(id)
  if (known?.of === of && now.getTime() - known.at < signedAnewAfter) return known.list

  const unsigned = await unsignedList(id, purpose, marked, { origin, now })
  const body = JSON.stringify(await withProof(unsigned, { origin, key, at: now }))
  const made = { body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` }
  signed.set(id, { of, at: now.getTime(), list: made })
  return made
}

async function unsignedList(
  id: string,
  purpose: Purpose,
  marked: readonly number[],
  { origin, now }: { origin: string; now: Date },
): Promise<JsonObject> {
  const bits = await createList({ length: listLength })
  for (const index of marked) bits.setStatus(index, true)
  const made = await createCredential({ id, list: bits, statusPurpose: purpose })
  return { ...made, issuer: didOf(origin), validFrom: withoutFraction(now) }
}
