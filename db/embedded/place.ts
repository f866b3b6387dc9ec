import { createHash, randomBytes } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'

/** The operating system's account that PostgreSQL runs under; undefined means our own. */
export type Account = { uid: number; gid: number } | undefined

/** Where one embedded PostgreSQL keeps its things, and who owns them. */
export type Place = { folder: string; data: string; log: string; account: Account }

/** Root's own shelf, for when the installation lies where only root can look. */
export const sharedFolder = '/var/lib/trellis'

const isRoot = () => process.getuid?.() === 0

/**
 * The place for `dataDir`: that folder itself, or, for root, one under /var/lib/trellis when the account that
 * PostgreSQL must run under could not reach it. Where it went is written down in `dataDir`, so that it is found
 * again when the folder is moved or opened up.
 */
export function placeFor(dataDir: string, say: (line: string) => void): Place {
  mkdirSync(dataDir, { recursive: true })
  const folder = isRoot() ? folderForRoot(realpathSync(dataDir), say) : realpathSync(dataDir)
  const data = join(folder, 'postgres')
  return { folder, data, log: join(folder, 'postgres.log'), account: isRoot() ? accountFor(data) : undefined }
}

function folderForRoot(dataDir: string, say: (line: string) => void): string {
  const pointer = join(dataDir, 'postgres.path')
  if (!existsSync(pointer)) {
    if (existsSync(join(dataDir, 'postgres')) || reachableByAll(dataDir)) return dataDir
    // Not named for dataDir: a new installation at an old path must not find another's data.
    const folder = join(sharedFolder, randomBytes(6).toString('hex'))
    makeSharedFolder(folder)
    if (writeOnce(pointer, folder))
      say(
        `The database lives in ${folder}: PostgreSQL does not run as root, and only root can reach ${dataDir}.`,
      )
    else rmdirSync(folder)
  }
  return readFileSync(pointer, 'utf8').trim()
}

/** Whether the file is ours: of two processes that get here at once, one finds it written. */
function writeOnce(file: string, text: string): boolean {
  try {
    writeFileSync(file, `${text}\n`, { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return false
  }
}

/** Every folder on the way may be passed by everyone. */
function reachableByAll(folder: string): boolean {
  const open = (statSync(folder).mode & 0o001) !== 0
  return open && (dirname(folder) === folder || reachableByAll(dirname(folder)))
}

/** Makes a folder of root's that others may pass through and not change, whatever the umask. */
export function makeSharedFolder(folder: string): void {
  mkdirSync(folder, { recursive: true })
  for (const step of [sharedFolder, folder]) chmodSync(step, 0o755)
}

/** PostgreSQL refuses to run as root: the data's owner runs it, and at first that is `nobody`. */
function accountFor(data: string): Account {
  const owner = existsSync(data) ? statSync(data) : undefined
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const nobody = /^nobody:[^:]*:(-?\d+):(-?\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'))
  if (!nobody)
    throw new Error('PostgreSQL does not run as root, and this machine has no account named nobody.')
  return { uid: Number(nobody[1]), gid: Number(nobody[2]) }
}

/** A name for a path that is short and always the same. */
export const shortHash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12)
