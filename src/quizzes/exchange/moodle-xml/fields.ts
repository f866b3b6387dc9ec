import { readHtml } from '../markup/html.ts'
import { asMarkdown, plainAsMarkdown } from '../markup/markdown.ts'
import { asPlain } from '../markup/plain.ts'
import type { Taking } from '../markup/sayable.ts'
import { childOf, type Element, textOf } from '../markup/tree.ts'
import { numberIn } from '../numbers.ts'
import { Refusal } from '../reading.ts'

/** Reads the texts of one question. */
export type Texts = {
  /** Markdown; empty where there is none. */
  readonly markdown: (element: Element | undefined) => string
  readonly plain: (element: Element | undefined) => string
  readonly taking: Taking
}

/** Texts in any of the four formats that Moodle knows. */
export function textsWith(taking: Taking): Texts {
  const html = (field: Element) => readHtml(fieldText(field), childOf(field, 'text')?.line ?? field.line)
  return {
    taking,
    markdown: field => {
      const text = fieldText(field).trim()
      if (!field || text === '') return ''
      switch (field.attributes.format) {
        case 'markdown':
          return text
        case 'plain_text':
          return plainAsMarkdown(text)
        case 'moodle_auto_format':
          return asMarkdown(readHtml(text.replaceAll('\n', '<br>'), field.line), taking)
        default:
          return asMarkdown(html(field), taking)
      }
    },
    plain: field => (field ? asPlain(html(field), taking) : ''),
  }
}

/** The words in a field, which stand in `<text>` in it or directly. */
export const fieldText = (field: Element | undefined): string => textOf(childOf(field, 'text') ?? field)

/** The share of the points that an answer earns: 1 is all. @throws Refusal where it is no number */
export const fractionOf = ({ attributes, line }: Element): number => {
  const fraction = numberIn(attributes.fraction ?? '0')
  if (fraction === undefined)
    throw new Refusal(
      'an answer’s `fraction` is no number',
      'Write per cents, such as `fraction="50"`.',
      line,
    )
  return fraction / 100
}

/** Whether a setting is on. */
export const isTrue = (field: Element | undefined, otherwise: boolean) =>
  field ? /^(true|1)$/i.test(textOf(field).trim()) : otherwise
