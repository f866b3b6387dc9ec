import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { advise } from './advice.ts'
import { assemble, type Assembled } from './assembly.ts'
import { checkMentions, tellers } from './links.ts'
import { type Picture, readPictures } from './pictures.ts'
import type { Memory } from './memory.ts'
import { inOrder, type Problem, type Report } from './problem.ts'
import { checkReferences } from './references.ts'
import { shelve, type Shelf } from './shelf.ts'
import { readSources } from './sources.ts'

/** What became of reading the content: all of it, or everything that is wrong with it; and what might be better. */
export type Reading = { readonly warnings: readonly Problem[] } & (
  | (Assembled & { readonly problems: readonly [] })
  | { readonly content: null; readonly withDrafts: null; readonly problems: readonly Problem[] }
)

type Wanted = {
  /** Whether to look for what stops nobody and might be better as well; the site does not wait for that. */
  readonly advice?: boolean
  /** For reading the same folder again and again. */
  readonly memory?: Memory | undefined
}

/** Reads and checks every file in `folder`, and tells all problems at once, by file and line. */
export function readContent(folder = 'content', { advice = false, memory }: Wanted = {}): Reading {
  const problems: Problem[] = []
  const warnings: Problem[] = []
  const report = into(problems)
  const warn = advice ? into(warnings) : null
  const unsound = () =>
    ({ content: null, withDrafts: null, problems: inOrder(problems), warnings: inOrder(warnings) }) as const
  if (!existsSync(folder)) {
    report(folder, 1, 'there is no such folder', 'Start from the folder that has `content/` in it.')
    return unsound()
  }

  const shelf = shelve(folder, report)
  const pictures = readPictures(folder, report)
  const sources = readSources(shelf, folder, report, memory)
  const told = tellers(sources)
  checkReferences(sources, report)
  checkMentions(sources, told, pictures, report, warn)
  if (warn) advise(sources, told, pictures, warn)

  if (problems.length > 0) return unsound()
  return {
    ...assemble(sources, pictures, fingerprintOf(shelf, pictures)),
    problems: [],
    warnings: inOrder(warnings),
  }
}

const into =
  (problems: Problem[]): Report =>
  (file, line, problem, remedy = '') => {
    problems.push({ file, line, problem, remedy })
  }

function fingerprintOf(shelf: Shelf, pictures: ReadonlyMap<string, Picture>): string {
  const hash = createHash('sha256')
  for (const [place, files] of Object.entries(shelf))
    for (const { names, text } of files) hash.update(`${place}/${names.join('/')}\0${text}\0`)
  for (const { href } of pictures.values()) hash.update(`${href}\0`)
  return hash.digest('hex')
}
