import { mdxToMdast, type MdastNode } from 'satteri'
import { shelve } from './shelf.ts'

/** What a lesson says, as plain text: what its readers read, without the marks that lay it out. */
export type LessonText = { readonly kind: 'module' | 'guide'; readonly id: string; readonly text: string }

/**
 * The text of every module and guide in `folder`, which is known to be sound.
 * @param drawn what a component without words of its own draws, by its name
 */
export function lessonTexts(folder: string, drawn: Readonly<Record<string, string>>): LessonText[] {
  const shelf = shelve(folder, () => {})
  return [
    ...shelf.modules.map(({ names: [course = '', name = ''], text }) => ({
      kind: 'module' as const,
      id: `${course}/${name.replace(/^\d+-/, '')}`,
      text: plainText(text, drawn),
    })),
    ...shelf.guides.map(({ names: [name = ''], text }) => ({
      kind: 'guide' as const,
      id: name,
      text: plainText(text, drawn),
    })),
  ]
}

/** MDX or Markdown as plain text, a line for each block. */
export const plainText = (text: string, drawn: Readonly<Record<string, string>> = {}): string =>
  textOf(mdxToMdast(text), drawn)
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n\s*/g, '\n')
    .trim()

const blocks = new Set(['paragraph', 'heading', 'listItem', 'tableCell', 'code', 'mdxJsxFlowElement'])

function textOf(node: MdastNode, drawn: Readonly<Record<string, string>>): string {
  const own = ownWords(node, drawn)
  const within = 'children' in node ? node.children.map(child => textOf(child, drawn)).join('') : ''
  return blocks.has(node.type) ? `${own}${within}\n` : own + within
}

function ownWords(node: MdastNode, drawn: Readonly<Record<string, string>>): string {
  switch (node.type) {
    case 'text':
    case 'inlineCode':
    case 'code':
      return node.value
    case 'image':
      return node.alt ?? ''
    case 'break':
      return '\n'
    case 'mdxJsxFlowElement':
    case 'mdxJsxTextElement': {
      const title = node.attributes.find(
        attribute => attribute.type === 'mdxJsxAttribute' && attribute.name === 'title',
      )
      const said = typeof title?.value === 'string' ? `${title.value}\n` : ''
      return said + (drawn[node.name ?? ''] ?? '')
    }
    default:
      return ''
  }
}
