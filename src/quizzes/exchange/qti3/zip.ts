import { inflateRawSync } from 'node:zlib'
import { centralMark, endMark, type Packed, uint32 } from '../../../zip.ts'
import { mostBytes } from '../decode.ts'
import { Refusal } from '../reading.ts'

export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4

/**
 * The XML files of a zip, never more than `mostBytes` in all however small they were packed.
 * @throws Refusal when it is no whole zip, or too much comes out of it
 */
export function xmlFilesIn(zip: Uint8Array): Packed[] {
  try {
    return [...entriesOf(Buffer.from(zip))]
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal('the package is broken', 'Export it once more.')
  }
}

function* entriesOf(zip: Buffer): Generator<Packed> {
  const end = zip.lastIndexOf(uint32(endMark))
  if (end < 0) throw new Refusal('the package is not whole', 'Export it once more.')
  const count = zip.readUInt16LE(end + 10)
  let at = zip.readUInt32LE(end + 16)
  let left = mostBytes
  for (let index = 0; index < count; index++) {
    if (zip.readUInt32LE(at) !== centralMark)
      throw new Refusal('the package is broken', 'Export it once more.')
    const [nameLength, extra, comment] = [28, 30, 32].map(place => zip.readUInt16LE(at + place)) as [
      number,
      number,
      number,
    ]
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength)
    if (/\.xml$/i.test(name)) {
      const bytes = unpacked(zip, at, left)
      left -= bytes.length
      yield { name, bytes }
    }
    at += 46 + nameLength + extra + comment
  }
}

function unpacked(zip: Buffer, at: number, most: number): Buffer {
  const method = zip.readUInt16LE(at + 10)
  const size = zip.readUInt32LE(at + 20)
  const local = zip.readUInt32LE(at + 42)
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
  const packed = zip.subarray(start, start + size)
  if (method === 0 && packed.length <= most) return packed
  try {
    if (method === 8 && most > 0) return inflateRawSync(packed, { maxOutputLength: most })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') throw error
  }
  throw new Refusal(
    `more than ${mostBytes / 1024 / 1024} MB come out of the package, or it is packed in an unknown way`,
    'Import it in several parts.',
  )
}
