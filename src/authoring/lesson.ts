import { mdxToMdast, type MdastNode } from 'satteri'
import type { z } from 'zod'
import { type Mention, mentionIn, textOf } from './mentions.ts'
import { didYouMean, list } from './nearest.ts'
import type { Report } from './problem.ts'
import type { SourceFile } from './shelf.ts'
import { readYaml, type Written } from './written.ts'

/** A heading of a lesson: its depth (2 is a section) and its text. */
export type Heading = { readonly depth: number; readonly text: string }

/** What the reader keeps of a lesson's body. */
export type Body = {
  /** The file as it was written, which the page is drawn from. */
  readonly text: string
  readonly words: number
  readonly headings: readonly Heading[]
  /** Its links and pictures. */
  readonly mentions: readonly Mention[]
  /** Its paragraphs, which are what is hard or easy to read; lines of a chat are said, not read. */
  readonly prose: readonly string[]
}

/** The components that a lesson may use, and their attributes. */
const components = new Map<string, readonly string[]>([
  ['Scenario', ['title']],
  ['Chat', []],
  ['Say', []],
  ['Avoid', []],
  ['Note', ['title']],
  ['Helplines', []],
])

/** Reads an MDX file: its frontmatter by `schema`, and its body as far as it can go wrong. */
export function readLesson<T>(
  { file, text }: SourceFile,
  schema: z.ZodType<T>,
  report: Report,
): (Written<T> & { readonly body: Body | undefined }) | undefined {
  const [, opening, yaml] = /^(\uFEFF?---\r?\n)([\s\S]*?)^---[ \t]*(\r?\n|$)/m.exec(text) ?? []
  if (opening === undefined || yaml === undefined) {
    report(file, 1, 'the page does not begin with its particulars', 'Begin it with `---`, `title: …`, `---`.')
    return undefined
  }
  const front = readYaml({ file, text: yaml, before: 1 }, schema, report)
  const body = readBody(file, text, report)
  return front && { ...front, body }
}

/** Counts words and collects headings, and reports what MDX or the page could not do with the body. */
function readBody(file: string, text: string, report: Report): Body | undefined {
  const tree = parse(file, text, report)
  if (!tree) return undefined
  const headings: Heading[] = []
  const mentions: Mention[] = []
  const prose: string[] = []
  let words = 0
  walk(tree, node => {
    reportMisuse(node, file, report)
    const mention = mentionIn(node, node.position?.start.line ?? 1)
    if (mention) mentions.push(mention)
    if (node.type === 'paragraph') prose.push(textOf(node))
    if (node.type === 'heading') headings.push({ depth: node.depth, text: textOf(node) })
    if (node.type === 'text' || node.type === 'inlineCode' || node.type === 'code')
      words += countWords(node.value)
  })
  if (words === 0) report(file, lastLine(text), 'the page has no text', 'Write it below the second `---`.')
  return { text, words, headings, mentions, prose }
}

function parse(file: string, text: string, report: Report): MdastNode | undefined {
  try {
    return mdxToMdast(text)
  } catch (error) {
    const [, line, what] = /^(\d+):\d+: (.*?)(?: \(mdx[^)]*\))?$/s.exec((error as Error).message) ?? []
    report(
      file,
      Number(line ?? 1),
      `the page cannot be read as MDX (${(what ?? (error as Error).message).toLowerCase()})`,
      'Close every component that is opened, and write around `{`, `}` and `<` in prose.',
    )
    return undefined
  }
}

function walk(node: MdastNode, visit: (node: MdastNode) => void) {
  visit(node)
  if ('children' in node) for (const child of node.children) walk(child, visit)
}

/** Reports what a lesson's page can't draw: a second title, code in braces, imports, tags it does not know. */
function reportMisuse(node: MdastNode, file: string, report: Report) {
  const line = node.position?.start.line ?? 1
  switch (node.type) {
    case 'heading':
      if (node.depth === 1) report(file, line, 'this is a second title', 'Start sections with `##`.')
      return
    case 'mdxFlowExpression':
    case 'mdxTextExpression':
      if (!/^\s*\/\*/.test(node.value))
        report(file, line, `'{${node.value}}' is code`, 'Write without `{` and `}`.')
      return
    case 'mdxjsEsm':
      report(file, line, 'imports and exports have no place in a lesson', 'Take the line out.')
      return
    case 'mdxJsxFlowElement':
    case 'mdxJsxTextElement':
      reportTag(node, line, file, report)
  }
}

type Tag = Extract<MdastNode, { type: 'mdxJsxFlowElement' | 'mdxJsxTextElement' }>

function reportTag({ name, attributes }: Tag, line: number, file: string, report: Report) {
  const known = components.get(name ?? '')
  if (!known) {
    const names = [...components.keys()]
    const remedy = didYouMean(name ?? '', names) ?? `There is ${list(names)}; HTML tags are not used.`
    report(file, line, `there is no component <${name ?? ''}>`, remedy)
    return
  }
  for (const attribute of attributes) {
    const said = attribute.type === 'mdxJsxAttribute' ? attribute.name : '{…}'
    if (!known.includes(said))
      report(file, line, `<${name}> knows no '${said}'`, didYouMean(said, known) ?? 'Take it out.')
    else if (attribute.type === 'mdxJsxAttribute' && typeof attribute.value !== 'string')
      report(file, line, `'${said}' of <${name}> is not text`, `Write \`${said}="…"\`.`)
  }
}

const countWords = (text: string) => text.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu)?.length ?? 0

const lastLine = (text: string) => text.trimEnd().split('\n').length
