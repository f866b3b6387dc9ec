import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { asInForce } from '../badges/rules/as-in-force.ts'
import type { Person } from '../people/person.ts'
import type { Assembled, Content } from './assembly.ts'
import { canSeeDrafts } from './drafts.ts'
import type { Memory } from './memory.ts'
import { ContentProblems } from './problem.ts'
import { readContent } from './reading.ts'

export type { Content } from './assembly.ts'

type Kept = Assembled & { lookedAt: number; newest: string }

const memory: Memory = new Map()

/** What has been read, by folder. */
const kept = new Map<string, Kept>()

/** While someone is writing, how long (ms) an answer is good for before the files are looked at again. */
const LOOK_AGAIN_AFTER = 100

/** Under Astro's own process this is known; in plain Node, as on the command line, there is no such thing. */
export const isDev = (import.meta as { env?: { DEV?: boolean } }).env?.DEV === true

/**
 * The content as everybody sees it, with the criteria of badges that are in force: what is judged, counted, searched
 * and written down stands on this. Read when it is
 * first asked for and then kept. Under `astro dev` it is read again once a file has changed.
 * @throws ContentProblems with every problem, when there are any.
 */
export const content = (folder = 'content'): Content => asInForce(asWritten(folder))

/** The same with the criteria of badges as their files have them, be they in force or not. @throws ContentProblems */
export const asWritten = (folder = 'content'): Content => read(folder).content

/**
 * The content as this person may read it, drafts included for those who see them. For pages that show lessons and
 * guides; a page that forgets to ask for it shows no draft to anybody.
 * @throws ContentProblems
 */
export function contentFor(person: Person | null, folder = 'content'): Content {
  const { content, withDrafts } = read(folder)
  return asInForce(canSeeDrafts(person) ? withDrafts : content)
}

/** All that authors wrote, drafts included: for commands of the operator, never for a page. @throws ContentProblems */
export const withAllDrafts = (folder = 'content'): Content => read(folder).withDrafts

function read(folder: string): Assembled {
  const known = kept.get(folder)
  if (known && !hasChanged(known, folder)) return known

  const newest = isDev ? newestIn(folder) : ''
  const { content, withDrafts, problems } = readContent(folder, { memory: isDev ? memory : undefined })
  if (!content) throw new ContentProblems(problems)
  const read = { content, withDrafts, lookedAt: Date.now(), newest }
  kept.set(folder, read)
  return read
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
