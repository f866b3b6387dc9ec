/** The longest line that is read: bytes. */
const longest = 16 * 1024 * 1024

export interface ReadLine {
  /** As far as it can be read. */
  text: string
  /** Why it is no line of an export, whatever it says. */
  problem?: string
}

/** The lines of a text in UTF-8, each ended by a newline; none after one that is not whole. */
export async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ReadLine> {
  let parts: Uint8Array[] = []
  let length = 0
  for await (const chunk of bytes) {
    let rest = chunk
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      const line = read(Buffer.concat([...parts, rest.subarray(0, end)]))
      yield line
      if (line.problem) return
      parts = []
      length = 0
      rest = rest.subarray(end + 1)
    }
    length += rest.length
    if (length > longest) {
      yield { text: '', problem: 'This line is too long.' }
      return
    }
    if (rest.length > 0) parts.push(rest)
  }
  if (parts.length > 0)
    yield {
      text: Buffer.concat(parts).toString(),
      problem: 'This line is cut short: no other comes after it.',
    }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function read(line: Buffer): ReadLine {
  try {
    return { text: utf8.decode(line) }
  } catch {
    return { text: line.toString(), problem: 'This line is not in UTF-8.' }
  }
}
