import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { slug } from './text.ts'
import type { Report } from './problem.ts'

/** A file of `content/` and the names that its place gives it. */
export type SourceFile = {
  /** As an author knows it: `content/guides/giving-a-warning.mdx`. */
  readonly file: string
  /** The names in its path: `['moderator-training', '03-ground-rules-and-warnings']`. */
  readonly names: readonly string[]
  readonly text: string
}

/** Where each kind of file stands; what is in parentheses are its names. */
const places = {
  courses: /^courses\/([^/]+)\/course\.yaml$/,
  modules: /^courses\/([^/]+)\/([^/]+)\.mdx$/,
  calibrations: /^courses\/([^/]+)\/calibration\.yaml$/,
  banks: /^banks\/([^/]+)\.yaml$/,
  quizzes: /^courses\/([^/]+)\/quizzes\/([^/]+)\.yaml$/,
  guides: /^guides\/([^/]+)\.mdx$/,
  badges: /^badges\/([^/]+)\.yaml$/,
  rubrics: /^rubrics\/([^/]+)\.yaml$/,
  evidence: /^evidence\.yaml$/,
  helplines: /^helplines\.yaml$/,
  discussions: /^discussions\.yaml$/,
  reports: /^reports\.yaml$/,
  'crisis-words': /^crisis-words\.yaml$/,
  renamed: /^renamed\.yaml$/,
}

export type Place = keyof typeof places
export type Shelf = Readonly<Record<Place, readonly SourceFile[]>>

/** Puts every text file of `folder` in its place, in the order of their names, and reports those that have none. */
export function shelve(folder: string, report: Report): Shelf {
  const shelf: Record<Place, SourceFile[]> = {
    courses: [],
    modules: [],
    calibrations: [],
    banks: [],
    quizzes: [],
    guides: [],
    badges: [],
    rubrics: [],
    evidence: [],
    helplines: [],
    discussions: [],
    reports: [],
    'crisis-words': [],
    renamed: [],
  }
  for (const path of textFilesIn(folder)) {
    const file = join(folder, path).replaceAll(sep, '/')
    const [place, names] = placeOf(path)
    if (!place) report(file, 1, 'nothing reads this file', whereFilesStand)
    else if (names.every(name => isNamedRightly(name, file, report)))
      shelf[place].push({ file, names, text: readFileSync(join(folder, path), 'utf8') })
  }
  return shelf
}

const whereFilesStand =
  'Files stand in courses/<course>/ (course.yaml, 01-<module>.mdx, calibration.yaml, quizzes/<module>.yaml), guides/<guide>.mdx, ' +
  'banks/<bank>.yaml, ' +
  'badges/<badge>.yaml, rubrics/<rubric>.yaml, evidence.yaml, helplines.yaml, discussions.yaml, reports.yaml, ' +
  'crisis-words.yaml and renamed.yaml; pictures stand in pictures/.'

/** Paths below `folder`, with `/`, of what authors write; notes to themselves in a README are left alone. */
const textFilesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(path => path.replaceAll(sep, '/'))
    .filter(path => /\.(ya?ml|mdx?|json)$/.test(path) && !/(^|\/)(README\.md$|\.)/.test(path))
    .toSorted()

function placeOf(path: string): [Place | undefined, string[]] {
  for (const [place, pattern] of Object.entries(places)) {
    const match = pattern.exec(path)
    if (match) return [place as Place, match.slice(1)]
  }
  return [undefined, []]
}

function isNamedRightly(name: string, file: string, report: Report) {
  const named = slug.safeParse(name).success
  if (!named)
    report(
      file,
      1,
      `'${name}' is not a plain name`,
      'Name files and folders with small letters, digits and single hyphens, such as `giving-a-warning`.',
    )
  return named
}
