import { startedByNpm } from '../env.ts'

/** How long closing may take in all before we leave anyway: milliseconds. */
const patience = 20_000

/**
 * Calls `stop` once when the process is asked to end, by Ctrl-C, by a signal, or because whoever started it is
 * gone, and then ends it.
 */
export function whenAskedToStop(stop: () => Promise<void>): void {
  let stopping = false
  const once = () => {
    if (stopping) return
    stopping = true
    setTimeout(() => process.exit(1), patience).unref()
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error)
        process.exit(1)
      },
    )
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, once)
  whenAbandoned(once)
}

/**
 * A `kill -9` of npm, or of the Node that handed over to this one, can't be passed on to us. We would stay behind,
 * unseen, holding the port against the next start.
 */
function whenAbandoned(stop: () => void): void {
  if (process.channel) process.on('disconnect', stop)
  if (!startedByNpm) return
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) stop()
  }, 500).unref()
}
