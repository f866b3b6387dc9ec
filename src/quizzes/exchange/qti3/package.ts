import { decode } from '../decode.ts'
import type { Taking } from '../markup/sayable.ts'
import { tag } from '../markup/write-xml.ts'
import { Gathering, type Reading, Refusal } from '../reading.ts'
import { takeItems } from './read-qti3.ts'
import { type Packed, zipped } from '../../../zip.ts'
import { xmlFilesIn } from './zip.ts'

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

/** An item, where it stands in its package, and the pictures that it shows, which stand beside it. */
export type PackedItem = {
  readonly folder: string
  readonly name: string
  readonly xml: string
  readonly pictures: ReadonlyMap<string, Uint8Array>
}

const hrefOf = ({ folder, name }: PackedItem) => `${folder}/${name}.xml`
const picturesOf = ({ folder, pictures }: PackedItem): Packed[] =>
  [...pictures].map(([name, bytes]) => ({ name: `${folder}/pictures/${name}`, bytes }))

/** Items with their manifest, as other systems take them. */
export function packaged(items: readonly PackedItem[]): Buffer {
  const manifest = tag(
    'manifest',
    { xmlns: 'http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1', identifier: 'questions' },
    tag('metadata', {}, tag('schema', {}, 'QTI Package'), tag('schemaversion', {}, '3.0.0')),
    '<organizations/>',
    tag(
      'resources',
      {},
      ...items.map((item, index) =>
        tag(
          'resource',
          { identifier: `R${index + 1}`, type: 'imsqti_item_xmlv3p0', href: hrefOf(item) },
          ...[hrefOf(item), ...picturesOf(item).map(({ name }) => name)].map(href => tag('file', { href })),
        ),
      ),
    ),
  )
  // Several items of a folder may show one picture.
  const pictures = new Map(items.flatMap(picturesOf).map(file => [file.name, file]))
  return zipped([
    { name: 'imsmanifest.xml', bytes: Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${manifest}\n`) },
    ...items.map(item => ({ name: hrefOf(item), bytes: Buffer.from(item.xml) })),
    ...pictures.values(),
  ])
}
