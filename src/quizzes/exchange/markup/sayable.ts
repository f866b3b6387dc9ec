import type { PhrasingContent } from 'mdast'
import { type Note, Refusal } from '../reading.ts'
import type { Element } from './tree.ts'

/** How markup from elsewhere is read. */
export type Taking = {
  /** What comes in otherwise than it was. */
  readonly note: Note
  /** Whether the site has a picture of this address. */
  readonly hasPicture: (address: string) => boolean
}

const flow = new Set([
  'p',
  'div',
  'section',
  'article',
  'figure',
  'figcaption',
  'header',
  'footer',
  'main',
  'center',
])

/** Names of headings; what is caught is their depth. */
export const headings = /^h([1-6])$/

const others = new Set([
  'ul',
  'ol',
  'blockquote',
  'pre',
  'table',
  'hr',
  'dl',
  'qti-content-body',
  'qti-prompt',
])

/** Whether an element stands by itself, not within a line. */
export const isBlock = ({ name }: Element) => flow.has(name) || others.has(name) || headings.test(name)

const unsayable = [
  'script',
  'style',
  'iframe',
  'object',
  'embed',
  'audio',
  'video',
  'svg',
  'math',
  'canvas',
  'form',
  'input',
]

/** @throws Refusal when an element shows what words and pictures can't */
export function refuseUnsayable(element: Element, taking: Taking): void {
  if (element.name === 'img') imageOf(element, taking)
  else if (isTick(element)) return
  else if (unsayable.includes(element.name) || (element.name.startsWith('qti-') && !others.has(element.name)))
    throw new Refusal(
      `it shows something by \`<${element.name}>\``,
      'Say it in words, or as a picture with words for those who don’t see it.',
      element.line,
    )
}

/** A box that is ticked or not, as in lists of tasks. */
export const isTick = ({ name, attributes }: Element) => name === 'input' && attributes.type === 'checkbox'

/** A picture of the site's. @throws Refusal where the site has it not, or nothing says what it shows */
export function imageOf({ attributes, line }: Element, { hasPicture }: Taking): PhrasingContent {
  const alt = attributes.alt?.trim() ?? ''
  const url = attributes.src?.trim() ?? ''
  if (!alt)
    throw new Refusal(
      'it has a picture without words for those who don’t see it',
      'Add `alt="…"` to it.',
      line,
    )
  if (!url.startsWith('/') || url.startsWith('//') || !hasPicture(url))
    throw new Refusal(
      `it has a picture that is not on this site ('${url.slice(0, 80)}')`,
      'Put the file into `public/`, and name it in the source by its address there, such as `/pictures/room.png`.',
      line,
    )
  return { type: 'image', url, alt }
}

/** With every run of white space as one space. */
export const collapsed = (text: string) => text.replace(/[\s\u00A0]+/g, ' ')
