import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { Stop } from './prepare.mjs'

const madeFrom = ['content', 'src', 'public', 'db', 'astro.config.mjs', 'tsconfig.json', 'package-lock.json']
const stamp = 'dist/built-from'
/** Mistakes in a thousand pages are many words: with Node's own limit of 1 MiB, one would not hear them all. */
const maxBuffer = 256 * 1024 * 1024

/** Builds the site when what it is made of has changed since. @throws Stop with the build's own words above it */
export function build(node, say = line => console.log(line)) {
  const source = hashOf(madeFrom)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === source) return
  say('Building the site…')
  const started = Date.now()
  rmSync('dist', { recursive: true, force: true })
  const astro = 'node_modules/astro/bin/astro.mjs'
  const env = { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' }
  const { status, stdout, stderr } = spawnSync(node, [astro, 'build'], {
    encoding: 'utf8',
    env,
    maxBuffer,
  })
  if (status !== 0) throw new Stop(`${stdout}${stderr}\nThe site could not be built; the reason is above.`)
  compress('dist/client')
  writeFileSync(stamp, source)
  say(`Built in ${Math.round((Date.now() - started) / 1000)} s.`)
}

function hashOf(paths) {
  const hash = createHash('sha256')
  for (const file of paths.flatMap(filesUnder)) hash.update(`${file}\0`).update(readFileSync(file))
  return hash.digest('hex')
}

function filesUnder(path) {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  const names = readdirSync(path).sort()
  return names.flatMap(name => filesUnder(join(path, name)))
}

/** Files that never change are compressed once, here, and not at every request. */
function compress(folder) {
  for (const file of filesUnder(folder).filter(name =>
    /\.(css|js|svg|html|json|txt|xml|webmanifest)$/.test(name),
  )) {
    const bytes = readFileSync(file)
    if (bytes.length < 1024) continue
    writeFileSync(`${file}.br`, brotliCompressSync(bytes))
    writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
  }
}
