import { createHash, createPublicKey, verify } from 'node:crypto'

/**
 * A text signed by keys, each with a name (c2sp.org/signed-note). The name of the site's keys is its host, and their
 * kind is Ed25519.
 */
export interface VerifierKey {
  name: string
  /** Eight hexadecimal digits: which of the keys of this name. */
  id: string
  /** 32 bytes (RFC 8032). */
  bytes: Buffer
}

const ed25519 = Uint8Array.of(1)

/** The key as outsiders write it down: its name, its id and its bytes. @param bytes 32 bytes (RFC 8032) */
export function verifierKey(name: string, bytes: Uint8Array): VerifierKey {
  const id = createHash('sha256').update(`${name}\n`).update(ed25519).update(bytes).digest('hex').slice(0, 8)
  return { name, id, bytes: Buffer.from(bytes) }
}

export const keyInWords = ({ name, id, bytes }: VerifierKey): string =>
  `${name}+${id}+${Buffer.concat([ed25519, bytes]).toString('base64')}`

/** The key that is written so, or null where it is not whole. */
export function readKey(text: string): VerifierKey | null {
  const [, name, , coded = ''] = /^([^\s+]+)\+([0-9a-f]{8})\+([\w+/=]+)$/u.exec(text) ?? []
  const bytes = Buffer.from(coded, 'base64')
  if (name === undefined || bytes.length !== 33 || bytes[0] !== 1) return null
  const key = verifierKey(name, bytes.subarray(1))
  return keyInWords(key) === text ? key : null
}

/** Whether a text can be the name of a key. */
export const isKeyName = (name: string): boolean => /^[^\s+\p{Cc}]+$/u.test(name)

/** The note that says `text`, which ends its last line, with a signature over it. @param signature 64 bytes */
export const noteOf = (text: string, { name, id }: VerifierKey, signature: Uint8Array): string =>
  `${text}\n— ${name} ${Buffer.concat([Buffer.from(id, 'hex'), signature]).toString('base64')}\n`

interface Signature {
  name: string
  id: string
  bytes: Buffer
}

/** More signatures than anybody has a use for. */
const most = 100

/** The text of a note and its signatures, or null where it has not the form of one. */
export function readNote(note: string): { text: string; signatures: Signature[] } | null {
  const border = note.lastIndexOf('\n\n')
  if (border < 0 || !note.endsWith('\n') || /[\0-\x09\x0b-\x1f]/.test(note)) return null
  const lines = note.slice(border + 2, -1).split('\n')
  const signatures = lines.slice(0, most).map(readSignature)
  if (lines.length > most || signatures.includes(null)) return null
  return { text: note.slice(0, border + 1), signatures: signatures.filter(one => one !== null) }
}

function readSignature(line: string): Signature | null {
  const [, name, coded = ''] = /^— ([^\s+]+) ([\w+/=]+)$/u.exec(line) ?? []
  const bytes = Buffer.from(coded, 'base64')
  if (name === undefined || bytes.length < 5 || bytes.toString('base64') !== coded) return null
  return { name, id: bytes.toString('hex', 0, 4), bytes: bytes.subarray(4) }
}

/**
 * The text of a note that one of `keys` vouches for, and which key it was. Signatures of unknown keys are ignored.
 * @returns what is wrong, where nobody known signed it or a known key did not
 */
export function openNote(
  note: string,
  keys: readonly VerifierKey[],
): { text: string; key: VerifierKey } | { problem: string } {
  const read = readNote(note)
  if (!read) return { problem: 'It has not the form of a signed note.' }
  let signer: VerifierKey | undefined
  for (const { name, id, bytes } of read.signatures) {
    const key = keys.find(one => one.name === name && one.id === id)
    if (!key) continue
    if (!verify(null, Buffer.from(read.text), publicKey(key), bytes))
      return { problem: `The key ${name}+${id} did not sign this.` }
    signer ??= key
  }
  return signer ? { text: read.text, key: signer } : { problem: 'No key that is trusted here has signed it.' }
}

const publicKey = ({ bytes }: VerifierKey) =>
  createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') },
    format: 'jwk',
  })
