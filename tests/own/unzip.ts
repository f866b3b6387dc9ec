import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateRawSync } from 'node:zlib'

/** The files of a zip, by name, read by its central directory as any program does. */
export function filesIn(zip: Buffer): Map<string, Buffer> {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  const files = new Map<string, Buffer>()
  for (let at = zip.readUInt32LE(end + 16), left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [size, name, extra, comment] = [
      zip.readUInt32LE(at + 20),
      ...[28, 30, 32].map(place => zip.readUInt16LE(at + place)),
    ] as [number, number, number, number]
    const local = zip.readUInt32LE(at + 42)
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    files.set(
      zip.toString('utf8', at + 46, at + 46 + name),
      inflateRawSync(zip.subarray(start, start + size)),
    )
    at += 46 + name + extra + comment
  }
  return files
}

/** The page of a copy as a file that a browser opens, and what throws it away. */
export function pageFile(zip: Buffer): { url: string; forget: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'copy-'))
  const path = join(folder, 'index.html')
  writeFileSync(path, filesIn(zip).get('index.html')!)
  return { url: `file://${path}`, forget: () => rmSync(folder, { recursive: true }) }
}
