import { randomBytes } from 'node:crypto'
import canonicalize from 'canonicalize'
import { digest, type Hash, leafHash } from './hashing.ts'

/** What stands before the first entry. */
export const genesis = '0'.repeat(64)

/** Canonical JSON (RFC 8785): one text for one value. */
export const canonical = (value: unknown): string => canonicalize(value) ?? 'null'

/** An entry as anybody may read it, and as it is hashed. What is personal in it is there as digests. */
export interface Entry {
  format: 2
  /** 1, 2, 3 … without a gap. */
  seq: number
  kind: string
  /** The SHA-256 of the certificate's code, in hexadecimal: who has the code finds its entries, and nobody else. */
  certificate: string | null
  badge: string | null
  override: boolean
  /** The badge and its criteria as they stood. */
  criteria: unknown
  /** What kind of reason it had, as it was called that day; not there at all where it had none. */
  reasonClass?: { readonly id: string; readonly title: string } | undefined
  /** ISO 8601, UTC, with milliseconds. */
  at: string
  /** The hash of the entry before. */
  previousHash: string
  /** The digests of what was said beside this, by name. */
  commitments: Record<string, string>
}

/** An entry as it was hashed before what is personal was kept apart. */
export interface OldEntry {
  seq: number
  kind: string
  certificateCode: string | null
  personId: number
  badge: string
  actorId: number | null
  override: boolean
  reason: string
  criteria: unknown
  standing: unknown
  at: string
  previousHash: string
}

/** The names of what is personal in an old entry. */
export const oldParts = ['holder', 'actor', 'reason', 'standing']

/** What an entry says beside what anybody may read: a random salt of 128 bits in base64url, and the value. */
export type Disclosure = [salt: string, value: unknown]

export const makeDisclosure = (value: unknown): Disclosure => [randomBytes(16).toString('base64url'), value]

/**
 * The digest by which an entry commits to something without saying it, in the manner of SD-JWT (RFC 9901): SHA-256,
 * in hexadecimal, over the canonical JSON of salt, name and value. Whoever lacks the salt can't try values.
 */
export const digestOf = (name: string, [salt, value]: Disclosure): string =>
  digest(canonical([salt, name, value]))

/** How an entry names a certificate. Its code is 128 random bits and needs no salt. */
export const certificateDigest = (code: string): string => digest(code)

/** What an entry is in the chain and in the tree. */
export interface Hashes {
  /** Its leaf in the tree. */
  leaf: Hash
  /** What the next entry holds, in hexadecimal. */
  hash: string
}

/** An entry is in the chain by its leaf hash, over its canonical JSON. */
export function hashesOf(entry: Entry): Hashes {
  const leaf = leafHash(canonical(entry))
  return { leaf, hash: leaf.toString('hex') }
}

/** Entries of format 1 are in the chain by the SHA-256 of their canonical JSON, and in the tree by its leaf hash. */
export function oldHashesOf(entry: OldEntry): Hashes {
  const text = canonical(entry)
  return { leaf: leafHash(text), hash: digest(text) }
}
