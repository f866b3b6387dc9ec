import { crc32, inflateSync } from 'node:zlib'
import { mostBytes, Unbaked } from './unbaked.ts'

/* Source of formats: PNG Third Edition (W3C), sections 5 and 11.3.3; Open Badges 3.0, section 5.3 (baked badges). */

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const keyword = 'openbadgecredential'

/** The most chunks that we walk past: a picture of ours has four. */
const mostChunks = 10_000

interface Chunk {
  type: string
  data: Buffer
}

/** A PNG with a credential, JSON or a token, in it. One that it bore before is left out. @throws Unbaked for no PNG */
export function bakePng(picture: Uint8Array, credential: string): Uint8Array {
  const chunks = chunksOf(picture).filter(chunk => !isOurs(chunk))
  const text = { type: 'iTXt', data: uncompressedText(credential) }
  return Buffer.concat([signature, ...[chunks[0]!, text, ...chunks.slice(1)].map(written)])
}

/**
 * The credential in a PNG: uncompressed as the standard has it, or compressed as some bakers do.
 * @throws Unbaked when there is none, two, too much of it, or the file is no sound PNG
 */
export function readBakedPng(picture: Uint8Array): string {
  const ours = chunksOf(picture).filter(isOurs)
  if (ours.length === 0) throw new Unbaked('There is no credential in this picture.')
  if (ours.length > 1) throw new Unbaked('There is more than one credential in this picture.')
  return textOf(ours[0]!)
}

function chunksOf(picture: Uint8Array): Chunk[] {
  const bytes = Buffer.from(picture.buffer, picture.byteOffset, picture.byteLength)
  if (!bytes.subarray(0, 8).equals(signature)) throw new Unbaked('This is no PNG picture.')
  const chunks: Chunk[] = []
  for (let at = 8; at < bytes.length; at += 12 + chunks.at(-1)!.data.length) {
    if (chunks.length === mostChunks) throw new Unbaked('This picture has too many parts.')
    chunks.push(chunkAt(bytes, at))
    if (chunks.at(-1)!.type === 'IEND') break
  }
  if (chunks[0]?.type !== 'IHDR' || chunks.at(-1)?.type !== 'IEND')
    throw new Unbaked('This picture is not whole.')
  return chunks
}

function chunkAt(bytes: Buffer, at: number): Chunk {
  const length = at + 12 <= bytes.length ? bytes.readUInt32BE(at) : Infinity
  if (at + 12 + length > bytes.length) throw new Unbaked('This picture is not whole.')
  const end = at + 8 + length
  if (crc32(bytes.subarray(at + 4, end)) !== bytes.readUInt32BE(end))
    throw new Unbaked('This picture is damaged: a part of it does not fit its checksum.')
  return { type: bytes.toString('latin1', at + 4, at + 8), data: bytes.subarray(at + 8, end) }
}

const isOurs = ({ type, data }: Chunk): boolean =>
  ['iTXt', 'zTXt', 'tEXt'].includes(type) && data.subarray(0, keyword.length + 1).equals(named)

const named = Buffer.from(`${keyword}\0`)

function textOf({ type, data }: Chunk): string {
  const rest = data.subarray(named.length)
  switch (type) {
    case 'iTXt':
      return internationalText(rest)
    case 'zTXt':
      return decoded(inflated(rest.subarray(1)))
    default:
      return decoded(rest)
  }
}

/** After the keyword: whether it is compressed, how, a language, a translated keyword, and the text. */
function internationalText(rest: Buffer): string {
  const language = rest.indexOf(0, 2)
  const translated = language < 0 ? -1 : rest.indexOf(0, language + 1)
  if (translated < 0) throw new Unbaked('The credential in this picture is cut short.')
  const text = rest.subarray(translated + 1)
  return decoded(rest[0] === 1 ? inflated(text) : text)
}

function inflated(bytes: Buffer): Buffer {
  try {
    return inflateSync(bytes, { maxOutputLength: mostBytes })
  } catch {
    throw new Unbaked('The credential in this picture can’t be unpacked, or is too large.')
  }
}

function decoded(bytes: Buffer): string {
  if (bytes.length > mostBytes) throw new Unbaked('The credential in this picture is too large.')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Unbaked('The credential in this picture is not text.')
  }
}

/** Not compressed, with neither language nor translation: what Open Badges asks for. */
const uncompressedText = (text: string) =>
  Buffer.concat([named, Buffer.from([0, 0, 0, 0]), Buffer.from(text)])

function written({ type, data }: Chunk): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const chunk = Buffer.alloc(body.length + 8)
  chunk.writeUInt32BE(data.length)
  body.copy(chunk, 4)
  chunk.writeUInt32BE(crc32(body), body.length + 4)
  return chunk
}
