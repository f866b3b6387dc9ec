import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { files, type Place, places } from './files.ts'
import type { Report } from './problem.ts'
import { slug } from './text.ts'

/** A file of `content/` and the names that its place gives it. */
export type SourceFile = {
  /** As an author knows it: `content/guides/giving-a-warning.mdx`. */
  readonly file: string
  /** The names in its path: `['moderator-training', '03-ground-rules-and-warnings']`. */
  readonly names: readonly string[]
  readonly text: string
}

export type Shelf = Readonly<Record<Place, readonly SourceFile[]>>

/** Puts every text file of `folder` in its place, in the order of their names, and reports those that have none. */
export function shelve(folder: string, report: Report): Shelf {
  const shelf = Object.fromEntries(places.map(place => [place, []])) as unknown as Record<Place, SourceFile[]>
  for (const path of textFilesIn(folder)) {
    const file = join(folder, path).replaceAll(sep, '/')
    const [place, names] = placeOf(path)
    if (!place) report(file, 1, 'nothing reads this file', whereFilesStand)
    else if (names.every(name => isNamedRightly(name, file, report)))
      shelf[place].push({ file, names, text: readFileSync(join(folder, path), 'utf8') })
  }
  return shelf
}

const whereFilesStand = `Files stand in ${places.map(place => files[place].path).join(', ')}; pictures stand in pictures/.`

/** Paths below `folder`, with `/`, of what authors write; notes to themselves in a README are left alone. */
const textFilesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(path => path.replaceAll(sep, '/'))
    .filter(path => /\.(ya?ml|mdx?|json)$/.test(path) && !/(^|\/)(README\.md$|\.)/.test(path))
    .toSorted()

const patterns = Object.fromEntries(
  places.map(place => [
    place,
    new RegExp(`^${files[place].path.replaceAll('.', '\\.').replaceAll(/<[^>]+>/g, '([^/]+)')}$`),
  ]),
) as Record<Place, RegExp>

function placeOf(path: string): [Place | undefined, string[]] {
  for (const place of places) {
    const match = patterns[place].exec(path)
    if (match) return [place, match.slice(1)]
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
