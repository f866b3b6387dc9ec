import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { assemble, type Content } from './assembly.ts'
import { inOrder, type Problem, type Report } from './problem.ts'
import { checkReferences } from './references.ts'
import { shelve, type Shelf } from './shelf.ts'
import { readSources } from './sources.ts'

/** What became of reading the content: all of it, or everything that is wrong with it. */
export type Reading =
  | { readonly content: Content; readonly problems: readonly [] }
  | { readonly content: null; readonly problems: readonly Problem[] }

/** Reads and checks every file in `folder`, and tells all problems at once, by file and line. */
export function readContent(folder = 'content'): Reading {
  const problems: Problem[] = []
  const report: Report = (file, line, problem, remedy = '') => problems.push({ file, line, problem, remedy })
  if (!existsSync(folder)) {
    report(folder, 1, 'there is no such folder', 'Start from the folder that has `content/` in it.')
    return { content: null, problems }
  }

  const shelf = shelve(folder, report)
  const sources = readSources(shelf, folder, report)
  checkReferences(sources, report)

  if (problems.length > 0) return { content: null, problems: inOrder(problems) }
  return { content: assemble(sources, fingerprintOf(shelf)), problems: [] }
}

function fingerprintOf(shelf: Shelf): string {
  const hash = createHash('sha256')
  for (const [place, files] of Object.entries(shelf))
    for (const { names, text } of files) hash.update(`${place}/${names.join('/')}\0${text}\0`)
  return hash.digest('hex')
}
