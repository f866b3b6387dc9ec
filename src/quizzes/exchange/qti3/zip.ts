import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib'
import { mostBytes } from '../decode.ts'
import { Refusal } from '../reading.ts'

/** A file in a package. */
export type Packed = { readonly name: string; readonly bytes: Uint8Array }

const [localMark, centralMark, endMark] = [0x04034b50, 0x02014b50, 0x06054b50]
/** 1 January 1980, the first day there is: the same files, the same package. */
const firstDay = 0x0021
const utf8Names = 0x0800

export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4

/** A zip of these files, after APPNOTE.TXT 6.3 by PKWARE: no encryption, no parts, less than 4 GB. */
export function zipped(files: readonly Packed[]): Buffer {
  const locals: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const { name, bytes } of files) {
    const packed = deflateRawSync(bytes)
    const named = Buffer.from(name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(utf8Names, 2)
    common.writeUInt16LE(8, 4)
    common.writeUInt16LE(firstDay, 8)
    common.writeUInt32LE(crc32(bytes), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(bytes.length, 18)
    common.writeUInt16LE(named.length, 22)
    const local = Buffer.concat([uint32(localMark), common, named, packed])
    const place = Buffer.alloc(14)
    place.writeUInt32LE(offset, 10)
    central.push(Buffer.concat([uint32(centralMark), uint16(20), common, place, named]))
    locals.push(local)
    offset += local.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.concat([
    ...[uint32(endMark), uint16(0), uint16(0), uint16(files.length), uint16(files.length)],
    ...[uint32(directory.length), uint32(offset), uint16(0)],
  ])
  return Buffer.concat([...locals, directory, end])
}

const uint16 = (value: number) => {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}
const uint32 = (value: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

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
