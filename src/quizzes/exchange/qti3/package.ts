import { decode } from '../decode.ts'
import type { Taking } from '../markup/sayable.ts'
import { tag } from '../markup/write-xml.ts'
import { Gathering, type Reading, Refusal } from '../reading.ts'
import { takeItems } from './read-qti3.ts'
import { xmlFilesIn, zipped } from './zip.ts'

/** The items of a QTI 3 package: every XML file in it that is one. */
export function readPackage(bytes: Uint8Array, hasPicture: Taking['hasPicture']): Reading {
  const gathering = new Gathering()
  const files = xmlFilesIn(bytes).filter(({ name }) => !/(^|\/)imsmanifest\.xml$/i.test(name))
  if (files.length === 0)
    throw new Refusal('the package has no items in it', 'Export it as QTI 3, items included.')
  for (const file of files) {
    const before = gathering.skipped.length
    try {
      takeItems(decode(file.bytes).text, hasPicture, gathering)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      gathering.skip(error.line ?? 1, error.message, error.remedy)
    }
    for (let at = before; at < gathering.skipped.length; at++) {
      const skip = gathering.skipped[at]!
      gathering.skipped[at] = { ...skip, reason: `${file.name.slice(0, 120)}: ${skip.reason}` }
    }
  }
  return gathering
}

/** Items by where they stand in the package, with their manifest, as other systems take them. */
export function packaged(items: readonly { readonly path: string; readonly xml: string }[]): Buffer {
  const manifest = tag(
    'manifest',
    { xmlns: 'http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1', identifier: 'questions' },
    tag('metadata', {}, tag('schema', {}, 'QTI Package'), tag('schemaversion', {}, '3.0.0')),
    '<organizations/>',
    tag(
      'resources',
      {},
      ...items.map(({ path }, index) =>
        tag(
          'resource',
          { identifier: `R${index + 1}`, type: 'imsqti_item_xmlv3p0', href: path },
          tag('file', { href: path }),
        ),
      ),
    ),
  )
  return zipped([
    { name: 'imsmanifest.xml', bytes: Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${manifest}\n`) },
    ...items.map(({ path, xml }) => ({ name: path, bytes: Buffer.from(xml) })),
  ])
}
