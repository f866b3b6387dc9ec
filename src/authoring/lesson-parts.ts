import type { Element, Root, RootContent, Text } from 'hast'
import rehypeStringify from 'rehype-stringify'
import { type HastNode, mdxToHast } from 'satteri'
import { unified } from 'unified'
import { visit } from 'unist-util-visit'
import type { Heading } from './lesson.ts'
import { idsOf } from './links.ts'
import type { Picture } from './pictures.ts'
import { showPictures } from './rendered-pictures.ts'

/** A stretch of HTML, which may open what a later one closes; or a component with what stands in it. */
export type LessonPart =
  | string
  | {
      readonly component: string
      readonly title: string | undefined
      readonly parts: readonly LessonPart[]
    }

/**
 * What a lesson is drawn from, in its order: it is read when it is first asked for, so that a build, and an edit, take
 * as long with a thousand lessons as with one. Straight quotes and dots come out as a typesetter's.
 * @param text the lesson's file as it was written, which is known to be sound
 */
export function lessonParts(text: string, pictures: ReadonlyMap<string, Picture>): readonly LessonPart[] {
  const tree = mdxToHast(text, { features: { smartPunctuation: true }, position: false }) as Root
  const headings: Element[] = []
  visit(tree, 'element', element => {
    if (/^h[1-6]$/.test(element.tagName)) headings.push(element)
  })
  const ids = idsOf(headings.map(asHeading))
  for (const [index, heading] of headings.entries()) heading.properties.id = ids[index] ?? ''
  showPictures(tree, pictures)
  return partsIn(tree.children)
}

function asHeading(heading: Element): Heading {
  let text = ''
  visit(heading, 'text', ({ value }: Text) => {
    text += value
  })
  return { depth: Number(heading.tagName[1]), text }
}

type Component = Extract<HastNode, { type: 'mdxJsxFlowElement' | 'mdxJsxTextElement' }>

/** Stands for a component while the HTML around it is written: no lesson has this character. */
const gap = '\u{F0000}'

/** The HTML is written in one go and cut where the components stand, which may be deep within it, as in a list. */
function partsIn(children: readonly HastNode[]): readonly LessonPart[] {
  const components: LessonPart[] = []
  const withGaps = (nodes: readonly HastNode[]): RootContent[] =>
    nodes.flatMap<RootContent>(node => {
      if (isComponent(node)) {
        components.push(drawn(node))
        return [{ type: 'text', value: gap }]
      }
      if (node.type === 'element') return [{ ...node, children: withGaps(node.children) } as Element]
      // What is left of MDX here are an author's remarks.
      return node.type === 'text' ? [node] : []
    })
  const html = writer.stringify({ type: 'root', children: withGaps(children) })
  return html.split(gap).flatMap((stretch, index) => [stretch, ...components.slice(index, index + 1)])
}

const writer = unified().use(rehypeStringify)

const isComponent = (node: HastNode): node is Component =>
  node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement'

function drawn({ name, attributes, children }: Component): LessonPart {
  const title = attributes.find(
    attribute => attribute.type === 'mdxJsxAttribute' && attribute.name === 'title',
  )
  return {
    component: name ?? '',
    title: typeof title?.value === 'string' ? title.value : undefined,
    parts: partsIn(children),
  }
}
