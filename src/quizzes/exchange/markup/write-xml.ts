import { renderAuthored } from '../../../authoring/markdown.ts'
import { pictureAt } from '../../../authoring/pictures.ts'
import { LeftOut } from '../leaving-out.ts'
import { readHtml } from './html.ts'
import { type Element, isElement } from './tree.ts'

const escapes: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' },
  ...{ '\n': '&#10;', '\r': '&#13;', '\t': '&#9;' },
}

/** Words between tags. */
export const inText = (text: string): string => text.replace(/[&<>\r]/g, sign => escapes[sign]!)

/** Attributes with a space before each; those that are undefined are left out. */
export const attributes = (values: Readonly<Record<string, string | number | boolean | undefined>>): string =>
  Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${String(value).replace(/[&<>"\n\r\t]/g, sign => escapes[sign]!)}"`)
    .join('')

/** An element with what stands in it, written out already. */
export const tag = (
  name: string,
  values: Readonly<Record<string, string | number | boolean | undefined>>,
  ...inside: readonly string[]
): string => {
  const content = inside.join('')
  return content === ''
    ? `<${name}${attributes(values)}/>`
    : `<${name}${attributes(values)}>${content}</${name}>`
}

/** Markdown as XHTML, as the site shows it. */
export function markup(text: string): string {
  const tree = readHtml(renderAuthored(text), 1)
  const written = tree.children.map(asXml).join('').trim()
  if (written === '') throw new LeftOut.Cannot('texts of which nothing is shown')
  return written
}

const asXml = (node: Element | string): string =>
  !isElement(node)
    ? inText(node)
    : node.name === 'img'
      ? picture(node)
      : tag(node.name, node.attributes, ...node.children.map(asXml))

/** A picture as a file beside the one that shows it, in `pictures/`. */
const picture = ({ attributes: { src = '', alt, width, height } }: Element): string =>
  tag('img', { src: `pictures/${pictureAt(src) ?? ''}`, alt, width, height })

/** The names of the pictures that markup written by us shows. */
export const picturesIn = (xml: string): string[] => [
  ...new Set([...xml.matchAll(/<img src="pictures\/([^"]+)"/g)].map(([, name = '']) => name)),
]

/** Signs that no XML may have in it, not even escaped. */
export const hasForbidden = (xml: string): boolean =>
  !xml.isWellFormed() || /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/.test(xml)
