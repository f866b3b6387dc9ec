import { kindOf, type Question } from '../questions/question.ts'
import type { Quiz } from '../quiz.ts'

const columns = [
  'quiz',
  'id',
  'kind',
  'question',
  'choices',
  'key',
  'points',
  'difficulty',
  'tags',
  'hints',
  'feedback',
]

/**
 * Questions as a table for people to look through (RFC 4180): one a row, Markdown as it is written. It is not made to be
 * imported again.
 */
export function writeCsv(quizzes: readonly Pick<Quiz, 'id' | 'questions'>[]): string {
  const rows = quizzes.flatMap(({ id, questions }) => questions.map(question => [id, ...rowOf(question)]))
  return [columns, ...rows].map(row => `${row.map(cell).join(',')}\r\n`).join('')
}

function rowOf(question: Question): string[] {
  const { id, kind, stem, points = 1, difficulty = '', tags = [], hints = [] } = question
  const key = kindOf(question).key(question)
  const feedback = kindOf(question).said(question, key, true)
  return [
    ...[
      id,
      kind,
      stem,
      choicesOf(question).join('\n'),
      keyOf(question).join('\n'),
      String(points),
      difficulty,
    ],
    ...[tags.join(' '), hints.map(({ text }) => text).join('\n'), feedback.join('\n')],
  ]
}

function choicesOf(question: Question): string[] {
  switch (question.kind) {
    case 'single':
    case 'multiple':
    case 'true-false':
      return question.options.map(({ text }) => text)
    case 'matching':
      return question.choices.map(({ text }) => text)
    case 'ordering':
      return question.items.map(({ text }) => text)
    case 'gaps':
      return question.gaps.flatMap(gap => (gap.as === 'chosen' ? [gap.options.join(' / ')] : []))
    case 'text':
    case 'number':
    case 'chat':
      return []
  }
}

/** What is right, in words. */
function keyOf(question: Question): string[] {
  if (question.kind === 'chat') return []
  const reviewed = kindOf(question).reviewed(question, kindOf(question).key(question), true)
  if (reviewed.as === 'options') return reviewed.options.filter(({ right }) => right).map(({ text }) => text)
  if (reviewed.as === 'scene') return []
  return reviewed.parts.map(({ label, key = '' }) => (label === null ? key : `${label}: ${key}`))
}

/** Quoted, and never a formula: programs for tables run what begins with one of these signs. */
function cell(text: string): string {
  const tame = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame
}
