import type { Element, ElementContent, Root as Hast } from 'hast'
import type { Nodes, PhrasingContent, Root as Mdast, Text } from 'mdast'
import rehypeSanitize, { type Options as Schema } from 'rehype-sanitize'
import rehypeStringify from 'rehype-stringify'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'
import { SKIP, visit } from 'unist-util-visit'
import { content, isDev } from './content.ts'
import { showPictures } from './rendered-pictures.ts'

/** All that a post may come out as. Whatever is not named here does not leave the sanitiser. */
const schema: Schema = {
  tagNames: [
    ...['p', 'br', 'strong', 'em', 'del', 'a', 'code', 'pre', 'blockquote', 'ul', 'ol', 'li', 'hr'],
    ...['h4', 'h5', 'h6', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
  ],
  attributes: { a: ['href'], ol: ['start'] },
  protocols: { href: ['http', 'https', 'mailto'] },
  strip: ['script', 'style'],
}

const parser = unified().use(remarkParse).use(remarkGfm)
const posts = unified()
  .use(remarkRehype)
  .use(() => shiftHeadings)
  .use(() => wordsForImages)
  .use(rehypeSanitize, schema)
  .use(() => distrustLinks)
  .use(rehypeStringify)
const authored = unified()
  .use(remarkRehype)
  .use(rehypeSanitize)
  .use(() => (tree: Hast) => {
    if (hasPictures(tree)) showPictures(tree, content().pictures)
  })
  .use(rehypeStringify)

/**
 * What a person wrote, as HTML that is safe to put into a page: no images, scripts or raw HTML (which is shown as
 * it was typed), headings from `h4` down, links that vouch for nothing. A line break typed is a line break shown.
 * @param handles those of people who exist, in lower case: `@handle` of these links to them
 */
export function renderMarkdown(text: string, handles: ReadonlySet<string> = new Set()): string {
  if (isTangle(text)) return `<p>${escapeText(text)}</p>`
  const tree = parser.parse(text)
  showAsTyped(tree)
  linkMentions(tree, handles)
  breakLines(tree)
  return posts.stringify(posts.runSync(tree)).trim()
}

/**
 * Whether a text is made to exhaust the parser, and not to be read: thousands of signs, or quotes and lists within
 * each other thirty deep. The time that Markdown takes grows with the square of these; the words are shown as they were typed.
 */
const isTangle = (text: string): boolean =>
  /(?:>[ \t]*|(?:[-+*]|\d{1,9}[.)])[ \t]+){30}/.test(text) || (text.match(/[[\]*_~`<|]/g)?.length ?? 0) > 2000

/**
 * The handles that a text mentions, in lower case, each once, in their order; not those in code, links or quotes: whom
 * somebody else named was told when they did.
 */
export function mentionsIn(text: string): string[] {
  if (!text.includes('@') || isTangle(text)) return []
  const handles = new Set<string>()
  eachText(parser.parse(text), ({ value }) => {
    for (const [, handle = ''] of value.matchAll(mention)) handles.add(handle.toLowerCase())
    return undefined
  })
  return [...handles]
}

const rendered = new Map<string, string>()

/** What an author wrote in `content/` as HTML, with its pictures; each text is rendered once and kept. */
export function renderAuthored(text: string): string {
  if (isDev && text.includes('](')) return renderAnew(text)
  const known = rendered.get(text)
  if (known !== undefined) return known
  const html = renderAnew(text)
  rendered.set(text, html)
  return html
}

const renderAnew = (text: string) => authored.stringify(authored.runSync(parser.parse(text))).trim()

function hasPictures(tree: Hast): boolean {
  let has = false
  visit(tree, 'element', ({ tagName }) => {
    has ||= tagName === 'img'
  })
  return has
}

/** The same for a line within other text: a label, an option. */
export const renderAuthoredInline = (text: string): string =>
  renderAuthored(text).replace(/^<p>([\s\S]*)<\/p>$/, singleParagraph)

const singleParagraph = (whole: string, inner: string) => (inner.includes('<p>') ? whole : inner)

/** A handle as `src/people/profile.ts` allows it, after an @ that is not part of an address or a longer word. */
const mention = /(?<![\p{L}\p{N}_@/.-])@([a-z0-9](?:[a-z0-9_-]{0,28}[a-z0-9])?)(?![a-z0-9]|[_-]+[a-z0-9])/giu

function eachText(
  tree: Mdast,
  told: (node: Text, index: number, parent: { children: Nodes[] }) => number | undefined,
) {
  visit(tree, (node, index, parent) => {
    if (['link', 'linkReference', 'blockquote'].includes(node.type)) return SKIP
    if (node.type === 'text' && parent && index !== undefined) return told(node, index, parent)
    return undefined
  })
}

/** HTML and footnotes are words like any other here: shown as they were typed. */
function showAsTyped(tree: Mdast) {
  visit(tree, (node, index, parent) => {
    if (!parent || index === undefined) return
    const siblings: Nodes[] = parent.children
    if (node.type === 'html') {
      const text: Text = { type: 'text', value: node.value }
      siblings[index] = isBlock(parent.type) ? { type: 'paragraph', children: [text] } : text
    }
    if (node.type === 'footnoteReference')
      siblings[index] = { type: 'text', value: `[^${node.label ?? node.identifier}]` }
    if (node.type === 'footnoteDefinition') siblings[index] = { type: 'blockquote', children: node.children }
  })
}

const isBlock = (type: string) => ['root', 'blockquote', 'listItem', 'footnoteDefinition'].includes(type)

function linkMentions(tree: Mdast, handles: ReadonlySet<string>) {
  if (handles.size === 0) return
  eachText(tree, ({ value }, index, parent) => {
    const pieces = piecesOf(value, handles)
    parent.children.splice(index, 1, ...pieces)
    return index + pieces.length
  })
}

function piecesOf(text: string, handles: ReadonlySet<string>): PhrasingContent[] {
  const pieces: PhrasingContent[] = []
  let from = 0
  for (const { 0: name, 1: handle = '', index } of text.matchAll(mention)) {
    if (!handles.has(handle.toLowerCase())) continue
    pieces.push({ type: 'text', value: text.slice(from, index) })
    pieces.push({
      type: 'link',
      url: `/people/${handle.toLowerCase()}`,
      children: [{ type: 'text', value: name }],
    })
    from = index + name.length
  }
  return [...pieces, { type: 'text', value: text.slice(from) }]
}

/** People who type in a chat all day expect the line they broke to stay broken. */
function breakLines(tree: Mdast) {
  visit(tree, 'text', (node, index, parent) => {
    if (!parent || index === undefined || !node.value.includes('\n')) return undefined
    const lines = node.value.split(/[ \t]*\n/).flatMap<PhrasingContent>((value, line) => {
      const text: Text = { type: 'text', value }
      return line === 0 ? [text] : [{ type: 'break' }, text]
    })
    parent.children.splice(index, 1, ...lines)
    return index + lines.length
  })
}

/** A post stands under its author's name, which is an `h3`. */
function shiftHeadings(tree: Hast) {
  visit(tree, 'element', node => {
    const depth = Number(/^h([1-6])$/.exec(node.tagName)?.[1])
    if (depth) node.tagName = `h${Math.min(6, depth + 3)}`
  })
}

function wordsForImages(tree: Hast) {
  visit(tree, 'element', (node, index, parent) => {
    if (node.tagName !== 'img' || !parent || index === undefined) return
    const { alt, src } = node.properties
    const words = alt || src || ''
    ;(parent.children as ElementContent[])[index] = { type: 'text', value: words }
  })
}

function distrustLinks(tree: Hast) {
  visit(tree, 'element', (node: Element) => {
    const href = node.properties.href
    if (typeof href === 'string' && !/^\/(?![/\\])/.test(href))
      node.properties.rel = ['nofollow', 'ugc', 'noopener']
  })
}

const escapeText = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
