interface Sheet {
  width: number
  height: number
  tint: string
}

const edge = 34
const band = 18

/** The frame of the sheet: a lattice in the badge's tint. To a screen reader it is not there. */
export function drawLattice(doc: PDFKit.PDFDocument, { width, height, tint }: Sheet): void {
  doc.markContent('Artifact', { type: 'Layout' })
  doc.save()
  doc.rect(edge, edge, width - 2 * edge, height - 2 * edge).clip()
  doc.lineWidth(1.1).strokeColor(tint).strokeOpacity(0.55)
  for (let from = -height; from < width + height; from += band) {
    doc.moveTo(from, 0).lineTo(from + height, height)
    doc.moveTo(from, height).lineTo(from + height, 0)
  }
  doc.stroke().restore()
  const inner = edge + band
  doc.rect(inner, inner, width - 2 * inner, height - 2 * inner).fill('#fffffd')
  doc.lineWidth(1.2).strokeColor(tint)
  doc.rect(edge, edge, width - 2 * edge, height - 2 * edge).stroke()
  doc.rect(inner, inner, width - 2 * inner, height - 2 * inner).stroke()
  doc.endMarkedContent()
}
