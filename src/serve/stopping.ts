import { existsSync, readFileSync } from 'node:fs'

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
 * unseen, and hold the port against the next start.
 */
function whenAbandoned(stop: () => void): void {
  if (process.channel) process.on('disconnect', stop)
  const npm = npmAbove(process.ppid, 3)
  if (npm === undefined) return
  setInterval(() => {
    if (!runs(npm)) stop()
  }, 500).unref()
}

/** The npm that runs us: between it and us are a shell and maybe an older Node. Known on Linux only. */
function npmAbove(pid: number, levels: number): number | undefined {
  const { name, parent } = look(pid)
  if (name.startsWith('npm')) return pid
  return levels > 1 && parent > 1 ? npmAbove(parent, levels - 1) : undefined
}

/** A zombie is dead, though nobody has noticed yet. */
const runs = (pid: number) => !['', 'Z', 'X'].includes(look(pid).state)

/** What Linux tells about a process; see proc_pid_stat(5). */
function look(pid: number): { name: string; state: string; parent: number } {
  const file = `/proc/${pid}/stat`
  const [, name = '', state = '', parent = ''] =
    /^\d+ \((.*)\) (\S) (\d+)/s.exec(existsSync(file) ? readFileSync(file, 'utf8') : '') ?? []
  return { name, state, parent: Number(parent) }
}
