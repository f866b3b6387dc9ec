/** What a picture's own first bytes say of it: its kind, and its size in pixels. */
export type PictureSize = { readonly type: PictureType; readonly width: number; readonly height: number }

/** What a browser is told that it gets. */
export const pictureTypes = {
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  avif: 'image/avif',
  svg: 'image/svg+xml',
} as const

export type PictureType = keyof typeof pictureTypes

/** Looks into a picture; undefined for what is none of these kinds, or is cut off before it tells its size. */
export function sizeOf(bytes: Buffer): PictureSize | undefined {
  try {
    const size = png(bytes) ?? jpeg(bytes) ?? webp(bytes) ?? avif(bytes) ?? svg(bytes)
    return size && size.width > 0 && size.height > 0 ? size : undefined
  } catch (error) {
    // Reading past the end of what was cut off.
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** The first chunk of a PNG (ISO/IEC 15948, 11.2.2) is IHDR, which begins with both. */
function png(bytes: Buffer): PictureSize | undefined {
  if (!bytes.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))) return undefined
  return { type: 'png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
}

/** A JPEG (ITU T.81, B.1) is a row of segments; that of the frame, SOF0 to SOF15, tells the size. */
function jpeg(bytes: Buffer): PictureSize | undefined {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return undefined
  for (let at = 2; ; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes.readUInt16BE(at)
    const isFrame = marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker)
    if (isFrame) return { type: 'jpg', height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) }
  }
}

/** RFC 9649: a lossy, a lossless or an extended picture, each with the size in a place of its own. */
function webp(bytes: Buffer): PictureSize | undefined {
  if (ascii(bytes, 0, 4) !== 'RIFF' || ascii(bytes, 8, 12) !== 'WEBP') return undefined
  switch (ascii(bytes, 12, 16)) {
    case 'VP8 ':
      return {
        type: 'webp',
        width: bytes.readUInt16LE(26) & 0x3fff,
        height: bytes.readUInt16LE(28) & 0x3fff,
      }
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21)
      return { type: 'webp', width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 }
    }
    case 'VP8X':
      return { type: 'webp', width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 }
    default:
      return undefined
  }
}

/** The property `ispe` (ISO/IEC 23008-12, 6.5.3) of the largest item: that is the picture, beside its thumbnails. */
function avif(bytes: Buffer): PictureSize | undefined {
  if (ascii(bytes, 4, 8) !== 'ftyp' || !/avi[fs]/.test(ascii(bytes, 8, 40))) return undefined
  let largest: PictureSize | undefined
  for (let at = bytes.indexOf('ispe'); at >= 0; at = bytes.indexOf('ispe', at + 4)) {
    const [width, height] = [bytes.readUInt32BE(at + 8), bytes.readUInt32BE(at + 12)]
    if (!largest || width * height > largest.width * largest.height) largest = { type: 'avif', width, height }
  }
  return largest
}

/** By `width` and `height` in pixels, else by the last two of the `viewBox`. */
function svg(bytes: Buffer): PictureSize | undefined {
  const [tag] = /<svg\b[^>]*>/.exec(bytes.toString('utf8')) ?? []
  if (tag === undefined) return undefined
  const pixels = (name: string) =>
    Number(new RegExp(`\\s${name}\\s*=\\s*["']([\\d.]+)(?:px)?["']`).exec(tag)?.[1])
  const [, boxWidth, boxHeight] =
    /\sviewBox\s*=\s*["'][-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)["']/.exec(tag) ?? []
  const [width, height] = [pixels('width') || Number(boxWidth), pixels('height') || Number(boxHeight)]
  return Number.isFinite(width + height)
    ? { type: 'svg', width: Math.round(width), height: Math.round(height) }
    : undefined
}

const ascii = (bytes: Buffer, from: number, to: number) => bytes.toString('latin1', from, to)
