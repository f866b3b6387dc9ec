import { createHash } from 'node:crypto'

/** A SHA-256: 32 bytes. */
export type Hash = Buffer

const sha256 = (...parts: (string | Uint8Array)[]): Hash => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

// What is hashed as a leaf can never pass for a node, nor a node for a leaf.
const [leaf, node] = [Uint8Array.of(0), Uint8Array.of(1)]

/** The hash of a leaf (RFC 9162, 2.1.1). */
export const leafHash = (data: string | Uint8Array): Hash => sha256(leaf, data)

/** The hash of a node over its two children (RFC 9162, 2.1.1). */
export const nodeHash = (left: Hash, right: Hash): Hash => sha256(node, left, right)

/** The root of a tree without leaves. */
export const emptyRoot: Hash = sha256()

/** SHA-256 in hexadecimal. */
export const digest = (text: string): string => sha256(text).toString('hex')
