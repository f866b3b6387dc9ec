import { readFileSync } from 'node:fs'
import { inflateSync } from 'node:zlib'

const known = new Map<string, Buffer>()

/** A WOFF font unpacked, once a process: PDFKit would do it for each certificate, in JavaScript, for half a second. */
export function unpacked(file: string): Buffer {
  const font = known.get(file) ?? asSfnt(readFileSync(file))
  known.set(file, font)
  return font
}

/** Source: WOFF File Format 1.0, sections 3 and 4; OpenType, table directory. */
function asSfnt(woff: Buffer): Buffer {
  const count = woff.readUInt16BE(12)
  const sfnt = Buffer.alloc(woff.readUInt32BE(16))
  const power = 2 ** Math.floor(Math.log2(count))
  woff.copy(sfnt, 0, 4, 8)
  sfnt.writeUInt16BE(count, 4)
  sfnt.writeUInt16BE(power * 16, 6)
  sfnt.writeUInt16BE(Math.log2(power), 8)
  sfnt.writeUInt16BE((count - power) * 16, 10)
  let to = 12 + count * 16
  for (let index = 0; index < count; index++) {
    const entry = 44 + index * 20
    const [offset, packed, length, checksum] = [4, 8, 12, 16].map(at => woff.readUInt32BE(entry + at)) as Four
    const bytes = woff.subarray(offset, offset + packed)
    ;(packed < length ? inflateSync(bytes) : bytes).copy(sfnt, to)
    woff.copy(sfnt, 12 + index * 16, entry, entry + 4)
    ;[checksum, to, length].forEach((value, place) => sfnt.writeUInt32BE(value, 16 + index * 16 + place * 4))
    to += Math.ceil(length / 4) * 4
  }
  return sfnt
}

type Four = [number, number, number, number]
