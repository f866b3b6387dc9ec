import type { Problem, Report } from './problem.ts'
import type { SourceFile } from './shelf.ts'

/**
 * What was read of each file, for reading the content again while somebody is writing: of a thousand files, one has
 * changed.
 */
export type Memory = Map<
  string,
  { readonly text: string; readonly told: readonly Problem[]; readonly read: unknown }
>

/** Reads a file, or tells again what was found in it when it said the same. */
export function remembering<T>(
  memory: Memory | undefined,
  { file, text }: SourceFile,
  report: Report,
  read: (report: Report) => T,
): T {
  const known = memory?.get(file)
  const again = (told: readonly Problem[]) => {
    for (const { file, line, problem, remedy } of told) report(file, line, problem, remedy)
  }
  if (known?.text === text) {
    again(known.told)
    return known.read as T
  }
  const told: Problem[] = []
  const fresh = read((file, line, problem, remedy = '') => told.push({ file, line, problem, remedy }))
  memory?.set(file, { text, told, read: fresh })
  again(told)
  return fresh
}
