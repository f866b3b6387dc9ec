import { SaxesParser } from 'saxes'
import { Refusal } from '../reading.ts'
import { deepest, type Element } from './tree.ts'

const mostElements = 400_000

/**
 * The tree of an XML file, each element with its line. Strict: what is not well-formed is refused, and so is whatever
 * could make a small file large or reach beyond it. A document type is refused whole, since it alone can declare
 * entities; the five that XML knows by itself are read.
 * @throws Refusal with the line
 */
export function readXml(text: string): Element {
  const parser = new SaxesParser<{ xmlns: false; position: true }>({ xmlns: false, position: true })
  const root: Element = { name: '', attributes: {}, children: [], line: 1 }
  const open = [root]
  let elements = 0
  let line = 1

  const say = (words: string) => open.at(-1)!.children.push(words)
  const refuse = (reason: string, remedy: string) => {
    throw new Refusal(reason, remedy, parser.line)
  }
  parser.on('error', error =>
    refuse(`the XML is broken (${plain(error.message)})`, 'Export the file once more.'),
  )
  parser.on('doctype', () =>
    refuse(
      'the file declares a document type, which could hide anything',
      'Take the `<!DOCTYPE …>` out, and entities such as `&nbsp;` with it.',
    ),
  )
  parser.on('opentagstart', () => {
    line = parser.line
  })
  parser.on('opentag', ({ name, attributes }) => {
    if (++elements > mostElements) refuse('the file has too many elements', 'Import it in several files.')
    if (open.length > deepest)
      refuse(
        `elements stand in each other more than ${deepest} deep`,
        'Export the file once more, without nesting.',
      )
    const element = { name: local(name), attributes: localNames(attributes), children: [], line }
    open.at(-1)!.children.push(element)
    open.push(element)
  })
  parser.on('closetag', () => {
    open.pop()
  })
  parser.on('text', say)
  parser.on('cdata', say)
  // Some programs put a blank line before the declaration.
  const start = text.length - text.trimStart().length
  parser.write(text.slice(start)).close()
  return root.children.find((node): node is Element => typeof node !== 'string')!
}

const plain = (message: string) =>
  message
    .replace(/^(\S*:)?\d+:\d+:\s*/, '')
    .replace(/\.$/, '')
    .slice(0, 200)

const local = (name: string) => name.slice(name.indexOf(':') + 1)

const localNames = (attributes: Readonly<Record<string, string>>) =>
  Object.assign(
    Object.create(null) as Record<string, string>,
    Object.fromEntries(Object.entries(attributes).map(([name, value]) => [local(name), value])),
  )
