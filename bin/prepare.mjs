// Runs on Node 20, before anything is installed: Node's own modules only.
import { spawnSync } from 'node:child_process'
import { existsSync, lstatSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** A reason to stop that is one sentence for the person at the terminal; no stack. */
export class Stop extends Error {
  constructor(message, code = 1) {
    super(message)
    this.code = code
  }
}

/**
 * Makes the folder ready to run: installs what is missing, and finds a Node that is new enough.
 * `development` asks for what only tests and checks need as well.
 * @returns the path of that Node
 */
export function prepare({ say = line => console.log(line), development = false } = {}) {
  process.chdir(root)
  if (!atLeast(20, 0))
    throw new Stop(`Trellis needs Node 20 or newer to start from; this is ${process.version}.`)
  if (isStale(development)) install(say)
  return suitableNode()
}

/** Whether npm's own note of what it installed differs from the lock file. */
function isStale(development) {
  const installed = readJson('node_modules/.package-lock.json')?.packages
  const locked = readJson('package-lock.json')?.packages
  if (!installed || !locked || !isInStep(locked[''])) return true
  return Object.entries(locked).some(([path, wanted]) => {
    if (path === '') return false
    if (installed[path]) return installed[path].version !== wanted.version
    const mayBeMissing = wanted.optional || wanted.devOptional || (wanted.dev && !development)
    return !mayBeMissing
  })
}

/** Whether the lock file was made for this package.json. */
function isInStep(lockedRoot) {
  const wanted = readJson('package.json')
  return ['dependencies', 'devDependencies', 'optionalDependencies'].every(
    kind => JSON.stringify(sorted(wanted[kind])) === JSON.stringify(sorted(lockedRoot[kind])),
  )
}

const sorted = (record = {}) => Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1))

function install(say) {
  // npm would empty the other folder.
  if (lstatSync('node_modules', { throwIfNoEntry: false })?.isSymbolicLink())
    throw new Stop(
      'What is installed belongs to another folder, and is not what is needed here: install there.',
    )
  say('Installing what Trellis needs…')
  const inStep = existsSync('package-lock.json') && isInStep(readJson('package-lock.json').packages[''])
  const { status, error } = npm(inStep ? 'ci' : 'install', '--include=dev', '--include=optional')
  if (error) throw new Stop(`npm could not be started: ${error.message}`)
  if (status !== 0) throw new Stop('Installing failed; what npm said is above.')
}

/** npm's words go to our standard error, so that standard output stays the command's own. */
function npm(...args) {
  const quietly = ['--no-audit', '--no-fund', '--loglevel=error']
  const options = { stdio: ['ignore', 2, 2] }
  const cli = process.env.npm_execpath
  if (cli && /\.[cm]?js$/.test(cli)) return spawnSync(process.execPath, [cli, ...args, ...quietly], options)
  return spawnSync('npm', [...args, ...quietly], { ...options, shell: process.platform === 'win32' })
}

/** Astro needs 22.12, and running TypeScript as it is needs 22.18. */
function suitableNode() {
  if (atLeast(22, 18)) return process.execPath
  const platform = process.platform === 'win32' ? 'win' : process.platform
  const file = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node'
  const bundled = `${root}/node_modules/node-${platform}-${process.arch}/${file}`
  if (existsSync(bundled) && spawnSync(bundled, ['--version']).status === 0) return bundled
  throw new Stop(`Trellis needs Node 22.18 or newer on this kind of machine; this is ${process.version}.`)
}

function atLeast(major, minor) {
  const [ourMajor, ourMinor] = process.versions.node.split('.').map(Number)
  return ourMajor > major || (ourMajor === major && ourMinor >= minor)
}

export function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/** Runs a command's whole course: its exit code, or one sentence and a code that is not 0. */
export async function run(command) {
  try {
    process.exitCode = (await command()) ?? process.exitCode
  } catch (error) {
    console.error(error instanceof Stop ? error.message : error)
    process.exitCode = error instanceof Stop ? error.code : 1
  }
}
