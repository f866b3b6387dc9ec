import PDFDocument from 'pdfkit'
import { printedTints } from '../../badges/emblem-picture.ts'
import { titleOf } from '../achievement.ts'
import { drawnPng, type Look } from '../baked/bake.ts'
import type { Certified } from '../credential.ts'
import type { Issuer } from '../issuer.ts'
import { drawLattice } from './lattice.ts'
import { drawLine, type Line, type Page } from './line.ts'
import { fontFor } from './fonts.ts'
import { drawQr } from './qr.ts'
import { unpacked } from './sfnt.ts'

interface Around {
  issuer: Issuer
  origin: string
  look: Look
}

const ink = '#29251a'
const soft = '#5b584c'

/** A4, in points. */
const width = 595.28
const height = 841.89

/**
 * A certificate on one page of A4, for print and for screen readers: tagged (PDF/UA-1), its language and title said,
 * every font within. A code leads to the page where anybody checks whether it still holds.
 */
export async function certificatePdf(certified: Certified, around: Around): Promise<Uint8Array> {
  const picture = await drawnPng(around.look)
  const title = `${titleOf(certified)}, a certificate of ${around.issuer.name}`
  const doc = new PDFDocument({
    ...{ size: 'A4', margin: 0, pdfVersion: '1.7', tagged: true },
    ...{ lang: 'en-GB', displayTitle: true, font: unpacked(fontFor('a', 400)!) as unknown as string },
    // Which the types don't know yet.
    ...({ subset: 'PDF/UA' } as object),
    info: { Title: title, Author: around.issuer.name, CreationDate: certified.grantedAt },
  })
  const bytes = collected(doc)
  drawPage(doc, certified, around, picture)
  doc.end()
  return bytes
}

async function collected(doc: PDFKit.PDFDocument): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  for await (const chunk of doc) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

function drawPage(
  doc: PDFKit.PDFDocument,
  certified: Certified,
  { issuer, origin, look }: Around,
  picture: Uint8Array,
): void {
  const tint = printedTints[look.tint]
  const page: Page = { doc, root: doc.struct('Document'), width }
  doc.addStructure(page.root)
  drawLattice(doc, { width, height, tint })

  const title = titleOf(certified)
  const line = (text: string, y: number, more: Partial<Line> = {}) =>
    drawLine(page, { text, y, size: 13, colour: soft, ...more })
  line(issuer.name, 84, { size: 15, colour: tint, weight: 700 })
  figure(page, `The badge ${title}`, () =>
    doc.image(Buffer.from(picture), width / 2 - 70, 122, { width: 140 }),
  )
  let y = 296
  if (certified.name === null) y = line('The holder of this certificate has earned the badge', y) + 16
  else {
    y = line('This is to certify that', y) + 8
    y = line(certified.name, y, { size: 32, colour: ink, weight: 700, rows: 2 }) + 10
    y = line('has earned the badge', y) + 8
  }
  y = line(title, y, { size: 30, colour: tint, weight: 700, tag: 'H1', rows: 2 }) + 14
  y = line(certified.granted.summary, y, { size: 14, colour: ink, rows: 3 }) + 14
  line(datesOf(certified), y, { size: 14, colour: ink })

  const address = `${origin}/certificates/${certified.code}`
  figure(page, `A code that leads to ${address}`, () =>
    drawQr(doc, address, { x: width / 2 - 45, y: 608, size: 90 }),
  )
  line('Anybody can check here whether it still holds:', 712, { size: 11 })
  line(address, 730, { size: 11, colour: tint, link: address })
  page.root.end()
}

function figure({ doc, root }: Page, alt: string, draw: () => void): void {
  root.add(doc.struct('Figure', { alt }, draw))
}

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

const datesOf = ({ grantedAt, expiresOn }: Certified): string =>
  expiresOn === null
    ? `Granted on ${day.format(grantedAt)}`
    : `Granted on ${day.format(grantedAt)}, valid until ${day.format(new Date(expiresOn))}`
