import { readdirSync, readFileSync } from 'node:fs'

/** Linux counts a process's time in hundredths of a second. */
const ticksPerSecond = 100

/** A process's parent and the seconds of CPU that it and its ended children have used. */
function statOf(pid: number): { parent: number; cpu: number } | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return { parent: Number(fields[1]), cpu: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond }
  } catch {
    return null
  }
}

/** A process and all that it started that still run. */
export function family(pid: number): number[] {
  const all = readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number)
  const childrenOf = (parent: number): number[] => all.filter(one => statOf(one)?.parent === parent)
  return [pid, ...childrenOf(pid).flatMap(family)]
}

/** Seconds of CPU that these have used. */
export const cpuOf = (pids: number[]): number => pids.reduce((sum, pid) => sum + (statOf(pid)?.cpu ?? 0), 0)

/** Memory of these in MiB, what they share counted once. */
export const memoryOf = (pids: number[]): number =>
  pids.reduce((sum, pid) => sum + proportionalSize(pid), 0) / 1024

function proportionalSize(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}
