import { fontFor, use, type Weight } from './fonts.ts'
import { fitted, type Row, shaped } from './rows.ts'

export interface Page {
  doc: PDFKit.PDFDocument
  root: PDFKit.PDFStructureElement
  width: number
}

export interface Line {
  text: string
  /** The top of it, in points. */
  y: number
  size: number
  colour: string
  weight?: Weight
  tag?: 'H1' | 'P'
  link?: string
  /** Over how many rows it may run; what is longer is set smaller. */
  rows?: number
}

/** What stays free on either side, in points. */
const margin = 78

const smallest = 8
const leading = 1.35

/**
 * Draws text in the middle of the page, as large as it may be and fits, and says in the tags what it is.
 * @returns where it ends, in points
 */
export function drawLine(page: Page, line: Line): number {
  const { doc, root, width } = page
  const { text, tag = 'P', link, weight = 400, rows: most = 1 } = line
  const { size, rows } = fitted(doc, {
    ...{ text, weight, smallest, size: line.size, rows: most },
    room: width - 2 * margin,
  })
  const draw = () => {
    rows.forEach((row, index) => {
      drawRow(page, row, { ...line, size, y: line.y + index * size * leading }, element)
    })
  }
  // What is drawn may lack letters that no font has, and is in the order of the eye: the tag has it as it is written.
  const element = doc.struct(link ? 'Link' : tag, { actual: text, ...(link && { alt: text }) }, draw)
  root.add(link ? doc.struct('P', {}, [element]) : element)
  return line.y + rows.length * size * leading
}

function drawRow(
  { doc, width }: Page,
  row: Row,
  { text, y, size, colour, link }: Line,
  structParent: PDFKit.PDFStructureElement,
): void {
  // Fonts differ in how far their letters rise: all stand on the line of the first.
  const ascent = ascentOf(doc, fontFor('a', 400)!)
  let x = (width - row.width * size) / 2
  if (link)
    doc.link(x, y, row.width * size, size * leading, link, { structParent, Contents: boxed(text) } as object)
  for (const run of row.runs) {
    const rise = (ascent - ascentOf(doc, run.font)) * size
    doc
      .fillColor(colour)
      .fontSize(size)
      .text(run.text, x, y + rise, shaped)
    x += run.width * size
  }
}

/** PDFKit writes a plain string as a name, and one in a box as words. */
const boxed = (words: string) => Object(words) as object

/** How far the letters of a font rise, at a size of one; the font is the document's from then on. */
function ascentOf(doc: PDFKit.PDFDocument, font: string): number {
  const { ascender } = (use(doc, font) as unknown as { _font: { ascender: number } })._font
  return ascender / 1000
}
