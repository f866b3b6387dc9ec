import type { QuizAnalysis } from './of-quiz.ts'
import { tells } from './enough.ts'
import { inOneLine } from './words.ts'

const columns = [
  ...['number', 'id', 'kind', 'question', 'asked', 'other wording', 'facility', 'item-rest', 'D of 27%'],
  ...['point-biserial', 'median seconds', 'to look at'],
]

/** The figures of each question as a table for a spreadsheet; what is from too few is left empty. */
export function asCsv({ questions }: QuizAnalysis): string {
  const rows = questions.map((one, index) => {
    const { question, facility, itemRest, discrimination, pointBiserial, seconds, flags } = one
    const coefficient = (figure: typeof itemRest) =>
      tells(figure, 'correlation') ? figure.value!.toFixed(3) : ''
    const time = { value: seconds.quartiles?.[1] ?? null, people: seconds.people }
    return [
      ...[index + 1, question.id, question.kind, inOneLine(question.stem), one.people, one.otherWording],
      tells(facility, 'share') ? facility.value!.toFixed(3) : '',
      ...[coefficient(itemRest), coefficient(discrimination), coefficient(pointBiserial)],
      tells(time, 'share') ? time.value!.toFixed(1) : '',
      flags.map(({ says }) => says).join('; '),
    ].map(cellOf)
  })
  // The mark of byte order tells a spreadsheet that this is UTF-8.
  return `\uFEFF${[columns, ...rows].map(row => `${row.join(',')}\r\n`).join('')}`
}

/** As RFC 4180 says; words that a spreadsheet would take for a formula are kept words by an apostrophe. */
function cellOf(value: string | number): string {
  const text = typeof value === 'string' && /^[=+@\t\r]|^-(?!\d)/.test(value) ? `'${value}` : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
