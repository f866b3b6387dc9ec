import { crc32, deflateRawSync } from 'node:zlib'

/** A file in a zip. */
export type Packed = { readonly name: string; readonly bytes: Uint8Array }

export const [localMark, centralMark, endMark] = [0x04034b50, 0x02014b50, 0x06054b50]
/** 1 January 1980, the first day there is: the same files, the same package. */
const firstDay = 0x0021
const utf8Names = 0x0800

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
export const uint32 = (value: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
