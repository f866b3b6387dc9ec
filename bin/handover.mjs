import { spawn } from 'node:child_process'
import { pathToFileURL } from 'node:url'

const lighterImports = new URL('./lighter-imports.mjs', import.meta.url).href

/**
 * How we run Node. Left to itself, V8 lets garbage pile up in proportion to the machine: under load the site took
 * 370 MB of it, and 130 MB with these bounds, at the same speed. Small as they are, they make it mark the whole heap at
 * every fiftieth page, which slows the pages meanwhile; let the heap double before it does, and that is at every
 * hundred and sixtieth: a quarter less CPU a page, for 28 MB more at one page at a time and some 60 under load. Marking
 * all at once (--no-incremental-marking) would spare pages their wait as well, but a process that stops with a full heap
 * then waits for ever for a compiler's thread, which waits for it.
 */
export const nodeFlags = [
  '--max-semi-space-size=8',
  '--max-old-space-size=256',
  '--heap-growing-percent=100',
  '--import',
  lighterImports,
]

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Runs a script of ours with `node`: here, when that is the Node we are, else in a child that hears our signals.
 * A child that loses us stops too, because the line between us breaks (`whenAbandoned` in src/serve).
 * @returns its exit code when it was a child
 */
export async function handOver(node, script, args) {
  if (node === process.execPath) {
    process.argv = [node, script, ...args]
    await import(lighterImports)
    await import(pathToFileURL(script).href)
    return undefined
  }
  const child = spawn(node, [...nodeFlags, script, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  for (const signal of signals) process.on(signal, () => child.kill(signal))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(signal ? 1 : code))
  })
}
