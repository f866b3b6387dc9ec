import { use, type Weight } from './fonts.ts'
import { type Run, runsOf } from './runs.ts'

/** Text as it stands in one row, with its width in points at a size of one point. */
export interface Row {
  runs: (Run & { width: number })[]
  width: number
}

/** With features given, PDFKit shapes a run as a whole, which writing from right to left needs. */
export const shaped = { features: ['kern', 'liga'] as PDFKit.Mixins.OpenTypeFeatures[], lineBreak: false }

interface Wanted {
  text: string
  weight: Weight
  /** How wide a row may be, in points. */
  room: number
  /** The size that is wanted, and the smallest that anybody is asked to read, in points. */
  size: number
  smallest: number
  /** Over how many rows it may run. */
  rows: number
}

/** Text in rows, as large as it may be and fits. What does not fit at the smallest size is cut off. */
export function fitted(doc: PDFKit.PDFDocument, wanted: Wanted): { size: number; rows: Row[] } {
  const measure = measuring(doc, wanted.weight)
  for (let size = wanted.size; ; size -= 1) {
    const rows = rowsOf(wanted.text, wanted.room / size, measure)
    if (size - 1 < wanted.smallest || rows.length <= wanted.rows)
      return { size, rows: rows.slice(0, wanted.rows) }
  }
}

type Measure = (text: string) => Row

/** What has been measured is not measured again: widths grow with the size. */
function measuring(doc: PDFKit.PDFDocument, weight: Weight): Measure {
  const known = new Map<string, Row>()
  return text => {
    const row = known.get(text) ?? measured(doc, text, weight)
    known.set(text, row)
    return row
  }
}

function measured(doc: PDFKit.PDFDocument, text: string, weight: Weight): Row {
  const runs = runsOf(text, weight).map(run => ({ ...run, width: widthOf(doc, run) }))
  return { runs, width: runs.reduce((sum, run) => sum + run.width, 0) }
}

const widthOf = (doc: PDFKit.PDFDocument, { text, font }: Run): number =>
  use(doc, font).fontSize(100).widthOfString(text, shaped) / 100

/** As many words to a row as there is room for; a word that is longer than a row is broken where the row ends. */
function rowsOf(text: string, room: number, measure: Measure): Row[] {
  const rows: string[] = []
  let row = ''
  for (const word of text.split(/\s+/)) {
    const longer = `${row} ${word}`.trim()
    if (measure(longer).width <= room) row = longer
    else {
      if (row) rows.push(row)
      const pieces = broken(word, room, measure)
      rows.push(...pieces.slice(0, -1))
      row = pieces.at(-1)!
    }
  }
  return [...rows, row].map(measure)
}

function broken(word: string, room: number, measure: Measure): string[] {
  const { width } = measure(word)
  if (width <= room) return [word]
  const letters = Array.from(word)
  const most = Math.max(1, Math.floor((letters.length * room) / width) - 1)
  return [letters.slice(0, most).join(''), ...broken(letters.slice(most).join(''), room, measure)]
}
