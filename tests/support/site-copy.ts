import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, symlinkSync, writeFileSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** All that a site is built from; what is installed is shared. */
const parts = [
  'bin',
  'content',
  'db',
  'public',
  'src',
  'astro.config.mjs',
  'package-lock.json',
  'package.json',
  'tsconfig.json',
]

/** A copy of the site with other content, in a folder of its own. Whoever makes it takes it away. */
export function copyOfSite(content: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'trellis-copy-'))
  for (const part of parts) cpSync(part, join(folder, part), { recursive: true })
  symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'))
  writeContent(folder, content)
  return folder
}

/** Writes files of the content folder, as its authors do. */
export function writeContent(folder: string, content: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, text] of Object.entries(content)) {
    mkdirSync(dirname(join(folder, 'content', path)), { recursive: true })
    writeFileSync(join(folder, 'content', path), text)
  }
}

/** Builds the copy as `npm run build` does. @throws with all that the build said */
export function buildCopy(folder: string): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/start.mjs', '--build-only'], {
    cwd: folder,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`The copy could not be built:\n${stdout}\n${stderr}`)
}
