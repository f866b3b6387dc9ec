import type { PhrasingContent } from 'mdast'
import { collapsed, imageOf, refuseUnsayable, type Taking } from './sayable.ts'
import { type Element, isElement, textOf } from './tree.ts'

/** Words in a line, with no space at either end. */
export function phrasesOf(nodes: readonly (Element | string)[], taking: Taking): PhrasingContent[] {
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
