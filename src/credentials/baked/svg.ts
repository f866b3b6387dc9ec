import { SaxesParser, type SaxesTagNS } from 'saxes'
import { mostBytes, Unbaked } from './unbaked.ts'

/* Source of the format: Open Badges 3.0, section 5.3.2. */

const namespace = 'https://purl.imsglobal.org/ob/v3p0'
const svg = 'http://www.w3.org/2000/svg'

/** How deep elements may lie in one another. */
const deepest = 100

/**
 * The element that carries a credential, to be put right after the opening of an SVG: a token in its `verify`
 * attribute, anything else as text.
 */
export function bakedElement(credential: string): string {
  const open = `<openbadges:credential xmlns:openbadges="${namespace}"`
  return credential.startsWith('{')
    ? `${open}><![CDATA[${credential.replaceAll(']]>', ']]]]><![CDATA[>')}]]></openbadges:credential>`
    : `${open} verify="${credential}"/>`
}

/**
 * The credential in an SVG.
 * @throws Unbaked when there is none, two, too much of it, or the file is no sound SVG
 */
export function readBakedSvg(text: string): string {
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw new Unbaked('SVG pictures with a document type are not read.')
  const found: string[] = []
  try {
    readInto(found, text)
  } catch (error) {
    throw error instanceof Unbaked ? error : new Unbaked('This is no SVG picture that can be read.')
  }
  if (found.length === 0) throw new Unbaked('There is no credential in this picture.')
  if (found.length > 1) throw new Unbaked('There is more than one credential in this picture.')
  if (Buffer.byteLength(found[0]!) > mostBytes)
    throw new Unbaked('The credential in this picture is too large.')
  return found[0]!.trim()
}

function readInto(found: string[], text: string): void {
  const parser = new SaxesParser({ xmlns: true })
  const open: SaxesTagNS[] = []
  const read = (more: string) => {
    if (isOurs(open.at(-1))) found.push(`${found.pop() ?? ''}${more}`)
  }
  parser.on('error', error => {
    throw error
  })
  parser.on('opentag', tag => {
    if (open.length === deepest) throw new Unbaked('This picture lies too deep in itself.')
    if (open.length === 0 && (tag.uri !== svg || tag.local !== 'svg'))
      throw new Unbaked('This is no SVG picture.')
    open.push(tag)
    if (isOurs(tag)) found.push(tag.attributes.verify?.value ?? '')
  })
  parser.on('closetag', () => void open.pop())
  parser.on('text', read)
  parser.on('cdata', read)
  parser.write(text).close()
}

const isOurs = (tag: SaxesTagNS | undefined) => tag?.uri === namespace && tag.local === 'credential'
