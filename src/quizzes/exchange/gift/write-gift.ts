import type { Choice } from '../../questions/choice.ts'
import type { Gaps } from '../../questions/gaps.ts'
import type { Matching } from '../../questions/matching.ts'
import type { Numeric } from '../../questions/numeric.ts'
import type { Question } from '../../questions/question.ts'
import type { ShortText } from '../../questions/short-text.ts'
import type { Accepted } from '../../questions/words.ts'
import { LeftOut, type Written } from '../leaving-out.ts'
import { escaped } from './signs.ts'

/**
 * Questions as GIFT, in a form that other systems read as well as we do. What it can't carry is counted: hints, points,
 * difficulty, units, how closely words are to match, that only the whole answer earns anything; scenes, orders, and
 * texts with several gaps.
 */
export function writeGift(questions: readonly Question[]): Written {
  const out = new LeftOut()
  const blocks = questions.flatMap(question => out.whole(() => blockOf(question, out)))
  return { text: blocks.map(block => `${block}\n`).join('\n'), written: blocks.length, leftOut: out.counts() }
}

function blockOf(question: Question, out: LeftOut): string {
  out.part('points', (question.points ?? 1) !== 1)
  out.part('hints', (question.hints?.length ?? 0) > 0)
  out.part('difficulty', question.difficulty !== undefined)
  const tags = question.tags?.length ? `// ${question.tags.map(tag => `[tag:${tag}]`).join(' ')}\n` : ''
  return `${tags}::${question.id}::${bodyOf(question, out)}`
}

function bodyOf(question: Question, out: LeftOut): string {
  const general = (feedback: string | undefined) => (feedback ? `\n####${marked(feedback)}` : '')
  const asked = `[markdown]${escaped(question.stem)}`
  switch (question.kind) {
    case 'single':
    case 'multiple':
      out.part('that only the whole answer earns anything', question.whole === true)
      return `${asked} {\n${optionsOf(question).join('\n')}${general(question.feedback)}\n}`
    case 'true-false':
      return `${asked} {${truthOf(question)}\n}`
    case 'text':
      closeness(question, out)
      return `${asked} {\n${acceptOf(question).join('\n')}${general(question.feedback)}\n}`
    case 'number':
      out.part('units', question.unit !== undefined)
      return `${asked} {#\n${numbersOf(question).join('\n')}${general(question.feedback)}\n}`
    case 'matching':
      return `${asked} {\n${rowsOf(question).join('\n')}${general(question.feedback)}\n}`
    case 'gaps':
      closeness(question, out)
      return gapOf(question, general(question.feedback))
    case 'ordering':
      throw new LeftOut.Cannot('ordering')
    case 'chat':
      throw new LeftOut.Cannot('chat scenes')
  }
}

/** Texts are Markdown like the question; only what could be read as a word for a format, or a weight, says so. */
const marked = (text: string) => (/^[[%]/.test(text) ? `[markdown]${escaped(text)}` : escaped(text))
const plainly = (text: string) => (/^[[%]/.test(text) ? `[plain]${escaped(text)}` : escaped(text))
const comment = (feedback: string | undefined) => (feedback ? `#${marked(feedback)}` : '')

/** As many places as Moodle's list of grades has. */
const percent = (share: number) => `%${Number((share * 100).toFixed(5))}%`

function optionsOf({ kind, options }: Choice): string[] {
  const right = options.filter(({ correct }) => correct).length
  return options.map(({ text, correct, feedback }) => {
    const share = correct ? 1 / right : -1 / (options.length - right)
    const sign = kind === 'single' ? (correct ? '=' : '~') : `~${percent(share)}`
    return `${sign}${marked(text)}${comment(feedback)}`
  })
}

function truthOf({ options, feedback }: Choice): string {
  const right = options.find(({ correct }) => correct)
  const wrong = options.find(({ correct }) => !correct)
  const word = right?.id === 'true' ? 'TRUE' : 'FALSE'
  if (right?.feedback === wrong?.feedback && feedback === undefined)
    return right?.feedback ? `${word}####${marked(right.feedback)}` : word
  return `${word}#${wrong?.feedback ? marked(wrong.feedback) : ''}#${right?.feedback ? marked(right.feedback) : ''}${feedback ? `####${marked(feedback)}` : ''}`
}

/** Words with an arrow would be read as a pair of a matching. */
function acceptedLine({ text, credit, feedback }: Accepted): string {
  if (text.includes('->') || feedback?.includes('->')) throw new LeftOut.Cannot('answers with `->` in them')
  return `=${credit !== 1 || text.startsWith('%') ? percent(credit) : ''}${plainly(text)}${comment(feedback)}`
}

function acceptOf({ accept, otherwise }: ShortText): string[] {
  return [...accept.map(acceptedLine), ...(otherwise ? [`=%0%*${comment(otherwise)}`] : [])]
}

function numbersOf({ accept, otherwise }: Numeric): string[] {
  const lines = accept.map(
    ({ value, tolerance, credit, feedback }) =>
      `=${credit === 1 ? '' : percent(credit)}${value}${tolerance ? `:${tolerance}` : ''}${comment(feedback)}`,
  )
  return [...lines, ...(otherwise ? [`~${comment(otherwise)}`] : [])]
}

function rowsOf({ prompts, choices }: Matching): string[] {
  const textOf = new Map(choices.map(({ id, text }) => [id, text]))
  const used = new Set(prompts.map(({ match }) => match))
  const rows = [
    ...prompts.map(({ text, match }) => [marked(text), plainly(textOf.get(match)!)] as const),
    ...choices.filter(({ id }) => !used.has(id)).map(({ text }) => ['', plainly(text)] as const),
  ]
  if (rows.some(([prompt]) => prompt.includes('->')))
    throw new LeftOut.Cannot('matching with `->` in a prompt')
  return rows.map(([prompt, match]) => `=${prompt} -> ${match}`)
}

function gapOf({ stem, pieces, gaps }: Gaps, general: string): string {
  const [gap] = gaps
  const [start = '', end = ''] = pieces
  if (gaps.length !== 1 || !gap) throw new LeftOut.Cannot('texts with several gaps')
  if (end.trim() === '' || start.trim().includes('\n\n') || start.trim() === '')
    throw new LeftOut.Cannot('texts with a gap at their beginning or end, or in a later paragraph')
  const answers =
    gap.as === 'typed'
      ? gap.accept.map(acceptedLine)
      : gap.options.map(option => `${option === gap.correct ? '=' : '~'}${plainly(option)}`)
  return `[markdown]${escaped(`${stem}\n\n${start}`)}{\n${answers.join('\n')}${general}\n}${escaped(end)}`
}

function closeness({ matchCase, matchAccents }: ShortText | Gaps, out: LeftOut): void {
  out.part('that case or accents matter', matchCase || matchAccents)
}
