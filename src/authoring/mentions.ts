import { markdownToMdast, type MdastNode } from 'satteri'
import type { Path, Written } from './written.ts'

/** A link or a picture in what an author wrote. */
export type Mention = {
  readonly kind: 'link' | 'picture'
  readonly url: string
  /** What one clicks on, or what is said in place of the picture. */
  readonly words: string
  readonly line: number
}

/** The mention that a piece of Markdown is, if it is one; `definition` is the foot of a `[link][1]`. */
export function mentionIn(node: MdastNode, line: number): Mention | undefined {
  switch (node.type) {
    case 'link':
      return { kind: 'link', url: node.url, words: textOf(node), line }
    case 'definition':
      return { kind: 'link', url: node.url, words: node.label ?? '', line }
    case 'image':
      return { kind: 'picture', url: node.url, words: node.alt ?? '', line }
    default:
      return undefined
  }
}

/** The links and pictures in the Markdown of a YAML file, wherever it stands. */
export function mentionsWithin({ data, lineOf }: Pick<Written<unknown>, 'data' | 'lineOf'>): Mention[] {
  return [...stringsIn(data, [])].flatMap(([text, path]) => {
    if (!maybeMentions.test(text)) return []
    const mentions: Mention[] = []
    const visit = (node: MdastNode) => {
      const mention = mentionIn(node, 0)
      if (mention) mentions.push({ ...mention, line: lineOf(path, mention.url) })
      if ('children' in node) node.children.forEach(visit)
    }
    visit(markdownToMdast(text))
    return mentions
  })
}

/** What links and pictures have; anything else is not worth parsing for them. */
const maybeMentions = /\]\(|\]:|<[a-z]+:/

function* stringsIn(value: unknown, path: Path): Iterable<[string, Path]> {
  if (typeof value === 'string') yield [value, path]
  else if (Array.isArray(value))
    for (const [index, item] of value.entries()) yield* stringsIn(item, [...path, index])
  else if (typeof value === 'object' && value !== null)
    for (const [key, item] of Object.entries(value)) yield* stringsIn(item, [...path, key])
}

export const textOf = (node: MdastNode): string =>
  'children' in node ? node.children.map(textOf).join('') : 'value' in node ? node.value : ''
