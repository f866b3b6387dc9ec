import type { PhrasingContent } from 'mdast'
import { type Note, Refusal } from '../reading.ts'
import { nameFrom } from '../tags.ts'
import type { Element } from './tree.ts'

/** How markup from elsewhere is read. */
export type Taking = {
  /** What comes in otherwise than it was. */
  readonly note: Note
  /** Whether there is a picture of this name in `content/pictures/`. */
  readonly hasPicture: (name: string) => boolean
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

/** The picture of ours that has the name of the one shown. @throws Refusal where there is none, or nothing says what it shows */
export function imageOf({ attributes, line }: Element, { hasPicture }: Taking): PhrasingContent {
  const alt = attributes.alt?.trim() ?? ''
  const address = attributes.src?.trim() ?? ''
  if (!alt)
    throw new Refusal(
      'it has a picture without words for those who don’t see it',
      'Add `alt="…"` to it.',
      line,
    )
  const name = pictureNameFrom(address)
  if (!name || !hasPicture(name))
    throw new Refusal(
      `it has a picture that is not on this site ('${address.slice(0, 80)}')`,
      `Save it as \`content/pictures/${name ?? 'a-name.png'}\`, and try again.`,
      line,
    )
  return { type: 'image', url: `pictures/${name}`, alt }
}

/** What a picture at an address elsewhere is called here; undefined where it is none that can be shown. */
function pictureNameFrom(address: string): string | undefined {
  const [, base = '', ending = ''] = /([^/\\?#]+)\.(png|jpe?g|webp|avif|svg)(?:[?#].*)?$/i.exec(address) ?? []
  const name = nameFrom(base.replaceAll(/%[\da-f]{2}/gi, ' '), 80)
  return name ? `${name}.${ending.toLowerCase().replace('jpeg', 'jpg')}` : undefined
}

/** With every run of white space as one space. */
export const collapsed = (text: string) => text.replace(/[\s\u00A0]+/g, ' ')
