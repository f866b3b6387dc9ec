import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { unpacked } from './sfnt.ts'

/**
 * The families that certificates are set in, the first that has a letter giving it. Those of Han, kana and Hangul
 * weigh 130 MB, so they don't come with the site: where somebody has installed them, they are used.
 */
const families = [
  'noto-serif',
  'noto-naskh-arabic',
  'noto-sans-hebrew',
  'noto-sans-devanagari',
  'noto-sans-thai',
  'noto-sans-sc',
  'noto-sans-kr',
]

export type Weight = 400 | 700

interface Part {
  /** Without the weight: `…/files/noto-serif-greek`. */
  file: string
  /** The first and last code points of what it covers. */
  ranges: [number, number][]
}

/** The file of a font that has this letter, or undefined where none has. */
export function fontFor(letter: string, weight: Weight): string | undefined {
  const code = letter.codePointAt(0)!
  const part = allParts().find(({ ranges }) => ranges.some(([first, last]) => first <= code && code <= last))
  return part && `${part.file}-${weight}-normal.woff`
}

/** Makes a font the document's, to be measured and drawn with. */
export function use(doc: PDFKit.PDFDocument, font: string): PDFKit.PDFDocument {
  const { _registeredFonts: known } = doc as unknown as { _registeredFonts: Record<string, unknown> }
  if (!(font in known)) doc.registerFont(font, unpacked(font))
  return doc.font(font)
}

let parts: Part[] | undefined
const allParts = (): Part[] => (parts ??= families.flatMap(partsOf))

/** Fontsource splits a family into files by what people write in, and says in `unicode.json` which has what. */
function partsOf(family: string): Part[] {
  const folder = folderOf(`@fontsource/${family}`)
  if (folder === undefined) return []
  const covered = JSON.parse(readFileSync(join(folder, 'unicode.json'), 'utf8')) as Record<string, string>
  return (
    Object.entries(covered)
      // The letters of plain words come first: other parts repeat some of them for formulas.
      .toSorted(
        ([a], [b]) =>
          Number(b === 'latin') - Number(a === 'latin') || Number(a === 'math') - Number(b === 'math'),
      )
      .map(([name, ranges]) => ({
        file: join(folder, 'files', `${family}-${name.replaceAll(/[[\]]/g, '')}`),
        ranges: ranges.split(',').map(asRange),
      }))
  )
}

function asRange(text: string): [number, number] {
  const [first = '', last = first] = text.trim().replace('U+', '').split('-')
  return [parseInt(first, 16), parseInt(last, 16)]
}

const { resolve } = createRequire(import.meta.url)

function folderOf(name: string): string | undefined {
  try {
    return dirname(resolve(`${name}/package.json`))
  } catch {
    return undefined
  }
}
