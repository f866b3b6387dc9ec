import { readHtml } from '../markup/html.ts'
import { asMarkdown, plainAsMarkdown } from '../markup/markdown.ts'
import type { Taking } from '../markup/sayable.ts'
import { type Draft, Gathering, type Note, type Reading, Refusal, said } from '../reading.ts'
import { categoryTag, tagsFrom } from '../tags.ts'
import { answersOf, split } from './answers.ts'
import { hidden, shown } from './signs.ts'

/** How the texts of a question are marked up: by a word in brackets before them. */
export type Markup = 'moodle' | 'html' | 'markdown' | 'plain'

/** One question, with the signs that were escaped hidden. */
type Block = { readonly line: number; readonly text: string; readonly tags: readonly string[] }

/**
 * Reads GIFT, as https://docs.moodle.org/en/GIFT_format describes it: questions with blank lines between them, each a
 * text with its answers in braces.
 */
export function readGift(text: string, hasPicture: Taking['hasPicture']): Reading {
  const gathering = new Gathering()
  let category = ''
  for (const block of blocksIn(text)) {
    if (/^\$CATEGORY\s*:/i.test(block.text))
      category = categoryTag(shown(block.text.replace(/^[^:]*:/, '')).trim())
    else
      gathering.take(block.line, note => {
        const taking = { note, hasPicture }
        const { name, ...parts } = partsOf(block)
        const tags = tagsFrom([...block.tags, category], note)
        return { name, draft: { ...draftOf(parts, block.line, taking), ...said({ tags }) } as Draft }
      })
  }
  return gathering
}

function* blocksIn(text: string): Generator<Block> {
  let lines: string[] = []
  let tags: string[] = []
  let first = 0
  const whole = () => ({ line: first, text: hidden(lines.join('\n')).trim(), tags })
  let number = 0
  for (const line of [...text.split('\n'), '']) {
    number++
    if (line.trim() === '') {
      if (lines.some(one => one !== '')) yield whole()
      lines = []
      tags = []
    } else if (line.trimStart().startsWith('//')) {
      tags.push(...[...line.matchAll(/\[tag:([^\]]+)\]/g)].map(([, tag = '']) => tag))
      lines.push('')
    } else {
      if (!lines.some(one => one !== '')) first = number
      lines.push(line)
    }
  }
}

type Parts = {
  readonly markup: Markup
  readonly before: string
  /** What stands in the braces. */
  readonly answer: string
  readonly after: string
}

function partsOf({ text: whole }: Block): Parts & { name: string } {
  const [, named, text = ''] = /^(?:::((?:(?!::)[\s\S])*)::)?([\s\S]*)$/.exec(whole) ?? []
  const name = shown(named ?? '').trim()
  const start = text.indexOf('{')
  const end = text.indexOf('}')
  if (start < 0 && end < 0)
    throw new Refusal(
      'it asks nothing: there are no answers in braces',
      'Add them, or leave the text to the lesson.',
    )
  if (start < 0 || end < start)
    throw new Refusal(
      'its braces don’t match: perhaps a blank line stands within the answers',
      'Write the question without blank lines, with one `{` and one `}`, and `\\{` where you mean the sign.',
    )
  const after = text.slice(end + 1)
  if (/[{}]/.test(after))
    throw new Refusal(
      'it has several answers in braces',
      'Write one question for each, or `\\{` where you mean the sign.',
    )
  const { markup, text: before } = marked(text.slice(0, start).trimStart(), 'moodle')
  return { name, markup, before, answer: text.slice(start + 1, end).trim(), after }
}

function draftOf(parts: Parts, line: number, taking: Taking): Draft {
  const { markup, before, after } = parts
  const [answers = '', ...general] = splitLast(parts.answer, '####')
  const texts = textsIn(markup, line, taking)
  const feedback = texts.markdown(general.join(''))
  const gap = after.trim() ? gapFrom(parts, answers, feedback, texts, taking.note) : null
  if (gap) return gap
  const stem = texts.markdown(after.trim() ? `${before.trim()} _____ ${after.trim()}` : before.trim(), true)
  if (!stem) throw new Refusal('it has answers and no question', 'Write the question before the brace.')
  return said({ stem, ...answersOf(answers, texts, taking.note), feedback })
}

export type Texts = ReturnType<typeof textsIn>

/** Texts of a question in the shapes that we keep them in; empty where there are none. */
function textsIn(ofQuestion: Markup, line: number, taking: Taking) {
  return {
    markdown: (raw: string, isRead = false): string => {
      const { markup, text } = isRead ? { markup: ofQuestion, text: raw } : marked(raw.trim(), ofQuestion)
      if (markup === 'markdown') return shown(text).trim()
      // Lines are broken in the source to be read; a break that is meant is written `\n`.
      const words = shown(text.replace(/\s*\n\s*/g, ' ')).trim()
      if (words === '') return ''
      if (markup === 'html') return asMarkdown(readHtml(words, line), taking)
      if (markup === 'moodle' && /<\/?[a-z][^<>]*>|&#?\w+;/i.test(words))
        return asMarkdown(readHtml(words.replaceAll('\n', '<br>'), line), taking)
      return plainAsMarkdown(words)
    },
    plain: (raw: string): string => shown(marked(raw.trim(), 'plain').text.replace(/\s*\n\s*/g, ' ')).trim(),
  }
}

function marked(text: string, otherwise: Markup): { markup: Markup; text: string } {
  const [prefix, markup] = /^\[(moodle|html|markdown|plain)\]/i.exec(text) ?? []
  return prefix && markup
    ? { markup: markup.toLowerCase() as Markup, text: text.slice(prefix.length).trimStart() }
    : { markup: otherwise, text }
}

const splitLast = (text: string, mark: string): string[] => {
  const at = text.lastIndexOf(mark)
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + mark.length)]
}

/** A sentence with a word missing is a text with a gap, where that says all of it. */
function gapFrom(parts: Parts, answers: string, feedback: string, texts: Texts, note: Note): Draft | null {
  // As above: in plain texts lines are broken to be read.
  const unbroken = (raw: string) => shown(parts.markup === 'markdown' ? raw : raw.replace(/\s*\n\s*/g, ' '))
  const lead = unbroken(parts.before)
  const at = lead.lastIndexOf('\n\n')
  const [stem, start] = at < 0 ? ['Fill in the gap.', lead] : [lead.slice(0, at), lead.slice(at + 2)]
  const end = unbroken(parts.after)
  if (/\[\d{1,2}\]/.test(start + end) || (parts.markup !== 'markdown' && /<[a-z/][^<>]*>/i.test(lead + end)))
    return null
  const gap = gapOf(answers, texts, note)
  return (
    gap &&
    said<Extract<Draft, { kind: 'gaps' }>>({
      kind: 'gaps',
      stem,
      text: `${start}[1]${end}`.trim(),
      gaps: [gap],
      feedback,
    })
  )
}

/** What fills the gap; null where more is said of the answers than a gap can hold. */
function gapOf(answers: string, texts: Texts, note: Note): GapDraft | null {
  if (/^=[^~]*$/.test(answers) && !answers.includes('->')) {
    const read = answersOf(answers, texts, note)
    return read.kind === 'text' && !read.otherwise ? { accept: read.accept } : null
  }
  if (!answers.includes('~') || !/^[~=]/.test(answers)) return null
  const ones = split(answers, /[~=]/)
  const right = ones.filter(({ sign }) => sign === '=')
  const options = ones.map(({ text }) => texts.plain(text))
  const isPlain = ones.every(({ weight, feedback }) => weight === null && feedback === '')
  const fits =
    options.every(word => word.length > 0 && word.length <= 80) && new Set(options).size === ones.length
  return right.length === 1 && isPlain && fits ? { options, correct: texts.plain(right[0]!.text) } : null
}

type GapDraft = Extract<Draft, { kind: 'gaps' }>['gaps'][number]
