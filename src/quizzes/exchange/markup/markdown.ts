import type { BlockContent, ListItem, PhrasingContent, RootContent, TableRow } from 'mdast'
import { gfmToMarkdown } from 'mdast-util-gfm'
import { toMarkdown } from 'mdast-util-to-markdown'
import { Refusal } from '../reading.ts'
import { phrasesOf } from './phrases.ts'
import { headings, isBlock, isTick, type Taking } from './sayable.ts'
import { type Element, isElement, within } from './tree.ts'

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

const write = (children: RootContent[]): string =>
  toMarkdown({ type: 'root', children }, { ...asIs, extensions: [gfmToMarkdown()] })
    .replace(/&#x20;$/gm, '')
    .trim()

const asIs = { bullet: '-', emphasis: '_', strong: '*', fences: true, listItemIndent: 'one' } as const

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
