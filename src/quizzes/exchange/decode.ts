import { Refusal } from './reading.ts'

/** The most bytes that a file may have. */
export const mostBytes = 5 * 1024 * 1024

/**
 * The text of a file in whichever encoding it is, with plain line ends: by its byte order mark, by what its XML
 * declaration says, UTF-16 by where its zeros stand, UTF-8 where it is valid, and Windows-1252 otherwise.
 * @throws Refusal when it is too large or no text
 */
export function decode(bytes: Uint8Array): { text: string; encoding: string } {
  if (bytes.length > mostBytes)
    throw new Refusal(
      `the file has ${(bytes.length / 1024 / 1024).toFixed(1)} MB, and ${mostBytes / 1024 / 1024} MB is the most`,
      'Import it in several files, and pictures apart.',
    )
  const encoding =
    marked(bytes) ??
    zeroed(bytes) ??
    declared(bytes) ??
    (read(bytes, 'utf-8') === null ? 'windows-1252' : 'utf-8')
  const text = read(bytes, encoding)
  if (text === null) throw new Refusal(`the file is not the ${encoding} that it says`, 'Save it as UTF-8.')
  if (text.includes('\0'))
    throw new Refusal('the file is not a text', 'Export it once more, or save it as plain text in UTF-8.')
  return { text: text.replace(/\r\n?/g, '\n'), encoding }
}

function read(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch (error) {
    if (error instanceof RangeError) throw unknownEncoding(encoding)
    return null
  }
}

const unknownEncoding = (encoding: string) =>
  new Refusal(`nobody knows the encoding '${encoding.slice(0, 40)}' that the file names`, 'Save it as UTF-8.')

function marked([first, second, third]: Uint8Array): string | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  return undefined
}

/** Every other byte of Latin text in UTF-16 is a zero. */
function zeroed(bytes: Uint8Array): string | undefined {
  const start = bytes.subarray(0, 400)
  const zeros = [0, 0]
  start.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2]!++
  })
  const most = start.length / 5
  if (zeros[1]! > most && zeros[0] === 0) return 'utf-16le'
  if (zeros[0]! > most && zeros[1] === 0) return 'utf-16be'
  return undefined
}

function declared(bytes: Uint8Array): string | undefined {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 200))
  return /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]{1,40})["']/.exec(start)?.[1]?.toLowerCase()
}
