import type { Question } from '../questions/question.ts'

/** What a question asks and what is right: two that agree in it are the same, whatever else differs. */
export function fingerprint(question: Question): string {
  return JSON.stringify([question.kind, even(question.stem), keyOf(question)])
}

const even = (text: string) => text.replace(/\s+/g, ' ').trim().toLowerCase()

function keyOf(question: Question): unknown {
  switch (question.kind) {
    case 'single':
    case 'multiple':
    case 'true-false':
      return question.options
        .filter(({ correct }) => correct)
        .map(({ text }) => even(text))
        .toSorted()
    case 'text':
      return question.accept
        .filter(({ credit }) => credit === 1)
        .map(({ text }) => even(text))
        .toSorted()
    case 'number':
      return question.accept
        .filter(({ credit }) => credit === 1)
        .map(({ value, tolerance }) => [value, tolerance])
    case 'matching': {
      const textOf = new Map(question.choices.map(({ id, text }) => [id, even(text)]))
      return question.prompts.map(({ text, match }) => [even(text), textOf.get(match)])
    }
    case 'ordering': {
      const textOf = new Map(question.items.map(({ id, text }) => [id, even(text)]))
      return question.order.map(id => textOf.get(id))
    }
    case 'gaps':
      return [
        question.pieces.map(even),
        question.gaps.map(gap =>
          gap.as === 'chosen' ? even(gap.correct) : gap.accept.map(({ text }) => even(text)),
        ),
      ]
    case 'chat':
      return question.turns
  }
}
