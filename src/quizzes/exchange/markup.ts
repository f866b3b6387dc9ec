import type { BlockContent, ListItem, PhrasingContent, RootContent, TableRow } from 'mdast'
import { gfmToMarkdown } from 'mdast-util-gfm'
import { toMarkdown } from 'mdast-util-to-markdown'
import { type Note, Refusal } from './reading.ts'
import { type Element, everythingIn, isElement, textOf, within } from './tree.ts'

/** How markup from elsewhere is read. */
export type Taking = {
  /** What comes in otherwise than it was. */
  readonly note: Note
  /** Whether the site has a picture of this address. */
  readonly hasPicture: (address: string) => boolean
}

const asIs = { bullet: '-', emphasis: '_', strong: '*', fences: true, listItemIndent: 'one' } as const

/** The longest text that is looked at, in characters: far more than any question may have. */
const longest = 20_000

/** Text that has no markup, as Markdown that shows it as it stands. */
export function plainAsMarkdown(text: string): string {
  if (text.length > longest)
    throw new Refusal(
      `a text has ${text.length} characters`,
      'Shorten it, or look for the brace or quote that never ends.',
    )
  const paragraphs = text.trim().split(/\n{2,}/)
  return write(paragraphs.map(paragraph => ({ type: 'paragraph', children: broken(paragraph) })))
}

/** The lines of a paragraph, each on one of its own. */
const broken = (paragraph: string): PhrasingContent[] =>
  paragraph
    .split('\n')
    .flatMap((value, index): PhrasingContent[] => [
      ...(index > 0 ? [{ type: 'break' } as const] : []),
      { type: 'text', value: value.trim() },
    ])

/**
 * A piece of a page as Markdown: what it says and how it is emphasised and ordered, not how it looks.
 * @throws Refusal where it shows something that words can't say
 */
export function asMarkdown(piece: Element, taking: Taking): string {
  return write(blocksOf(piece.children, taking))
}

/** A piece of a page as plain text on one line. */
export const asPlain = (piece: Element, taking: Taking): string =>
  asPlainLines(piece, taking).replaceAll('\n', ' ')

/** A piece of a page as plain text, its lines and paragraphs each on a line of their own. */
export function asPlainLines(piece: Element, taking: Taking): string {
  for (const element of everythingIn(piece)) refuseUnsayable(element, taking)
  if (within(piece, 'img').length > 0)
    throw new Refusal('it has a picture where only words can stand', 'Put it into the question.', piece.line)
  if (within(piece, 'strong', 'b', 'em', 'i', 'code', 'sup', 'sub', 'a').length > 0)
    taking.note('words lose their emphasis or their link', 'They stand as plain text.', piece.line)
  return wordsOf(piece)
    .split('\n')
    .map(line => collapsed(line).trim())
    .filter(Boolean)
    .join('\n')
}

const wordsOf = (piece: Element): string =>
  piece.children
    .map(node => {
      if (!isElement(node)) return collapsed(node)
      if (node.name === 'br') return '\n'
      return isBlock(node) || node.name === 'li' || node.name === 'tr'
        ? `\n${wordsOf(node)}\n`
        : wordsOf(node)
    })
    .join('')

const write = (children: RootContent[]): string =>
  toMarkdown({ type: 'root', children }, { ...asIs, extensions: [gfmToMarkdown()] })
    .replace(/&#x20;$/gm, '')
    .trim()

const collapsed = (text: string) => text.replace(/[\s\u00A0]+/g, ' ')

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
const headings = /^h([1-6])$/
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
const isBlock = ({ name }: Element) => flow.has(name) || others.has(name) || headings.test(name)

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

function refuseUnsayable(element: Element, taking: Taking): void {
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
const isTick = ({ name, attributes }: Element) => name === 'input' && attributes.type === 'checkbox'

/** Blocks, with what stands between them as paragraphs. */
function blocksOf(nodes: readonly (Element | string)[], taking: Taking): RootContent[] {
  const blocks: RootContent[] = []
  let loose: (Element | string)[] = []
  const settle = () => {
    const children = phrasesOf(loose, taking)
    loose = []
    if (children.length > 0) blocks.push({ type: 'paragraph', children })
  }
  for (const node of nodes) {
    if (isElement(node) && holdsBlocks(node)) {
      settle()
      blocks.push(...blockOf(node, taking))
    } else loose.push(node)
  }
  settle()
  return blocks
}

/** A link or a span around paragraphs is as good as none. */
const holdsBlocks = (node: Element): boolean =>
  isBlock(node) || node.children.some(one => isElement(one) && holdsBlocks(one))

function blockOf(element: Element, taking: Taking): RootContent[] {
  const { name, children } = element
  const depth = Number(headings.exec(name)?.[1])
  if (depth) return [{ type: 'heading', depth: depth as 1, children: phrasesOf(children, taking) }]
  switch (name) {
    case 'hr':
      return [{ type: 'thematicBreak' }]
    case 'blockquote':
      return [{ type: 'blockquote', children: blocksOf(children, taking) as BlockContent[] }]
    case 'pre':
      return [{ type: 'code', value: wordsAsTheyStand(element).replace(/^\n|\n$/g, '') }]
    case 'ul':
    case 'ol':
      return listOf(element, taking)
    case 'table':
      return tableOf(element, taking)
    default:
      return blocksOf(children, taking)
  }
}

const wordsAsTheyStand = (element: Element): string =>
  element.children
    .map(node => (isElement(node) ? (node.name === 'br' ? '\n' : wordsAsTheyStand(node)) : node))
    .join('')

function listOf(element: Element, taking: Taking): RootContent[] {
  const items = element.children.filter(isElement).filter(({ name }) => name === 'li')
  const children = items.map((item): ListItem => {
    const blocks = blocksOf(item.children, taking) as BlockContent[]
    const tick = within(item, 'input').find(isTick)
    const checked = tick && 'checked' in tick.attributes
    return { type: 'listItem', spread: false, checked: checked ?? null, children: blocks }
  })
  const start = Number(element.attributes.start ?? 1)
  if (children.length === 0) return []
  return [
    { type: 'list', ordered: element.name === 'ol', start: start >= 0 ? start : 1, spread: false, children },
  ]
}

function tableOf(element: Element, taking: Taking): RootContent[] {
  const rows = within(element, 'tr').map((row): TableRow => ({
    type: 'tableRow',
    children: row.children
      .filter(isElement)
      .filter(({ name }) => name === 'td' || name === 'th')
      .map(cell => ({ type: 'tableCell', children: phrasesOf(cell.children, taking) })),
  }))
  return rows.length > 0 ? [{ type: 'table', children: rows }] : []
}

/** Words in a line, with no space at either end. */
function phrasesOf(nodes: readonly (Element | string)[], taking: Taking): PhrasingContent[] {
  return trimmed(joined(nodes.flatMap(node => phraseOf(node, taking))))
}

function phraseOf(node: Element | string, taking: Taking): PhrasingContent[] {
  if (!isElement(node)) return node === '' ? [] : [{ type: 'text', value: collapsed(node) }]
  refuseUnsayable(node, taking)
  const inner = () => phrasesInside(node, taking)
  switch (node.name) {
    case 'br':
      return [{ type: 'break' }]
    case 'strong':
    case 'b':
      return wrapped('strong', inner())
    case 'em':
    case 'i':
      return wrapped('emphasis', inner())
    case 'del':
    case 's':
    case 'strike':
      return wrapped('delete', inner())
    case 'code':
    case 'kbd':
    case 'tt': {
      const value = collapsed(textOf(node)).trim()
      return value ? [{ type: 'inlineCode', value }] : []
    }
    case 'a':
      return linkOf(node, inner())
    case 'img':
      return [imageOf(node, taking)]
    case 'sup':
    case 'sub':
      taking.note(
        'raised or lowered signs stand on the line',
        'Look whether it still reads rightly.',
        node.line,
      )
      return inner()
    default:
      return inner()
  }
}

const phrasesInside = (node: Element, taking: Taking): PhrasingContent[] =>
  joined(node.children.flatMap(child => phraseOf(child, taking)))

/** Emphasis does not begin or end with a space in Markdown: spaces go outside. */
function wrapped(type: 'strong' | 'emphasis' | 'delete', inner: PhrasingContent[]): PhrasingContent[] {
  const first = inner[0]
  const last = inner.at(-1)
  const before = first?.type === 'text' && first.value.startsWith(' ')
  const after = last?.type === 'text' && last.value.endsWith(' ')
  const children = trimmed(inner)
  if (children.length === 0) return inner.length > 0 ? [{ type: 'text', value: ' ' }] : []
  return [
    ...(before ? [{ type: 'text', value: ' ' } as const] : []),
    { type, children },
    ...(after ? [{ type: 'text', value: ' ' } as const] : []),
  ]
}

function linkOf({ attributes }: Element, children: PhrasingContent[]): PhrasingContent[] {
  const url = attributes.href?.trim() ?? ''
  return /^(https?:|mailto:|\/|#)/i.test(url) && children.length > 0
    ? [{ type: 'link', url, children: children }]
    : children
}

function imageOf({ attributes, line }: Element, { hasPicture }: Taking): PhrasingContent {
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

/** Texts beside each other as one, since what stands between them needs no marking. */
function joined(phrases: readonly PhrasingContent[]): PhrasingContent[] {
  const all: PhrasingContent[] = []
  for (const phrase of phrases) {
    const last = all.at(-1)
    if (phrase.type === 'text' && last?.type === 'text')
      all[all.length - 1] = { type: 'text', value: collapsed(last.value + phrase.value) }
    else all.push(phrase)
  }
  return all
}

/** Without spaces and breaks at the ends, and without spaces around breaks. */
function trimmed(phrases: readonly PhrasingContent[]): PhrasingContent[] {
  const isOpen = (index: number) => {
    const one = phrases[index]
    return one === undefined || one.type === 'break'
  }
  const tidy = phrases.flatMap((phrase, index): PhrasingContent[] => {
    if (phrase.type !== 'text') return [phrase]
    const start = isOpen(index - 1) ? phrase.value.trimStart() : phrase.value
    const value = isOpen(index + 1) ? start.trimEnd() : start
    return value ? [{ type: 'text', value }] : []
  })
  while (tidy[0]?.type === 'break') tidy.shift()
  while (tidy.at(-1)?.type === 'break') tidy.pop()
  return tidy
}
