import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Content } from './assembly.ts'
import { ContentProblems } from './problem.ts'
import { readContent } from './reading.ts'

export type { Content } from './assembly.ts'

type Kept = { content: Content; lookedAt: number; newest: string }

/** What has been read, by folder. */
const kept = new Map<string, Kept>()

/** While someone is writing, how long (ms) an answer is good for before the files are looked at again. */
const LOOK_AGAIN_AFTER = 500

/** Under Astro's own process this is known; in plain Node, as on the command line, there is no such thing. */
const isDev = (import.meta as { env?: { DEV?: boolean } }).env?.DEV === true

/**
 * The content, read when it is first asked for and then kept. Under `astro dev` it is read again once a file
 * has changed.
 * @throws ContentProblems with every problem, when there are any.
 */
export function content(folder = 'content'): Content {
  const known = kept.get(folder)
  if (known && !hasChanged(known, folder)) return known.content

  const newest = isDev ? newestIn(folder) : ''
  const reading = readContent(folder)
  if (!reading.content) throw new ContentProblems(reading.problems)
  kept.set(folder, { content: reading.content, lookedAt: Date.now(), newest })
  return reading.content
}

function hasChanged(known: Kept, folder: string): boolean {
  if (!isDev || Date.now() - known.lookedAt < LOOK_AGAIN_AFTER) return false
  known.lookedAt = Date.now()
  return newestIn(folder) !== known.newest
}

/** A string that changes when a file comes, goes or is written to. */
function newestIn(folder: string): string {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const times = paths.map(path => statSync(join(folder, path), { throwIfNoEntry: false })?.mtimeMs ?? 0)
  return `${paths.length} ${times.reduce((latest, time) => Math.max(latest, time), 0)}`
}
