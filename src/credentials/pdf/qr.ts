import { encode } from 'uqr'

/** Draws a QR code of `text`, its quiet zone within the size. */
export function drawQr(
  doc: PDFKit.PDFDocument,
  text: string,
  { x, y, size }: { x: number; y: number; size: number },
): void {
  const { data, size: modules } = encode(text, { ecc: 'M', border: 4 })
  const module = size / modules
  data.forEach((row, down) =>
    row.forEach((dark, across) => {
      // A hair more than its place, so that no light shows between two.
      if (dark) doc.rect(x + across * module, y + down * module, module + 0.05, module + 0.05)
    }),
  )
  doc.fill('#29251a')
}
