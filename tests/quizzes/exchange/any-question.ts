import fc from 'fast-check'
import type { z } from 'zod'
import { renderAuthored } from '../../../src/authoring/markdown.ts'
import { type Question, questionSchema } from '../../../src/quizzes/questions/question.ts'

type Written = z.input<typeof questionSchema>

/** Words with every sign in them that means something to one of the formats. */
const word = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('room', 'listen', 'What', 'café', 'سلام', '🌱', '3', 'a-b') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '{',
      '}',
      '~',
      '=',
      '#',
      '\\',
      ':',
      '::',
      '\\n',
      '####',
      '%50%',
      '//',
      '=%',
      '->x',
      '\\{',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '<b>',
      '&amp;',
      '&',
      '"',
      "'",
      '<',
      ']]>',
      '[x]',
      '*',
      '_a_',
      '**b**',
      '`c`',
      'x > y',
    ),
  },
)

const words = (max: number, from: fc.Arbitrary<string> = word) =>
  fc
    .array(from, { minLength: 1, maxLength: 8 })
    .map(all =>
      Array.from(all.join(' '))
        .slice(0, max / 2)
        .join('')
        .trim(),
    )
    .filter(text => text.length > 0)

/** A picture of ours, and its name. */
export const picture = 'warning-ladder.svg'
const pictured = fc.oneof(
  { weight: 20, arbitrary: word },
  { weight: 1, arbitrary: fc.constant(`![A ladder](pictures/${picture})`) },
)

/** Markdown of one paragraph or two. */
const markdown = (max: number) =>
  fc
    .array(words(max / 2 - 2, pictured), { minLength: 1, maxLength: 2 })
    .map(paragraphs => paragraphs.join('\n\n').trim())
    // Tags alone show nothing, and a question does not say it.
    .filter(
      text =>
        text === '' ||
        shown(text)
          .replace(/<[^>]*>/g, '')
          .trim() !== '',
    )

const plainWord = fc
  .oneof(word, fc.constantFrom('%10%x', '[plain]', 'two  spaces'))
  .filter(one => !one.includes('*'))
/** Plain text: no line breaks. */
const plain = (max: number) => words(max, plainWord)

const name = fc.integer({ min: 1, max: 9_999 }).map(number => `question-${number}`)
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined })
const share = fc.integer({ min: 0, max: 99 }).map(per => `${per}%`)

const common = {
  id: name,
  stem: markdown(300),
  points: maybe(fc.integer({ min: 1, max: 10 })),
  hints: maybe(fc.array(fc.record({ text: markdown(120), cost: share }), { minLength: 1, maxLength: 3 })),
  tags: maybe(fc.uniqueArray(fc.constantFrom('listening', 'crisis', 'open-questions'), { minLength: 1 })),
  difficulty: maybe(fc.constantFrom('easy', 'medium', 'hard')),
  feedback: markdown(200),
}
const otherwise = maybe(markdown(100))
const closeness = { 'match-case': fc.boolean(), 'match-accents': fc.boolean() }

const option = fc.record({ text: markdown(100), feedback: maybe(markdown(100)) }, { requiredKeys: ['text'] })
const accepted = (earns = share) =>
  fc
    .array(fc.record({ text: plain(60), credit: earns, feedback: maybe(markdown(60)) }), { maxLength: 3 })
    .chain(more => plain(60).map(text => [{ text }, ...more]))
    .map(all => all.filter(({ text }, at) => all.findIndex(other => other.text === text) === at))

const kinds = {
  single: fc
    .record({
      ...common,
      kind: fc.constant('single' as const),
      options: fc.array(option, { minLength: 2, maxLength: 6 }),
    })
    .map(one => ({ ...one, options: one.options.map((each, index) => ({ ...each, correct: index === 0 })) })),
  multiple: fc
    .record({
      ...common,
      ...{ kind: fc.constant('multiple' as const), whole: maybe(fc.constant(true)) },
      options: fc.array(option, { minLength: 3, maxLength: 8 }),
      right: fc.integer({ min: 1, max: 2 }),
    })
    .map(({ right, ...one }) => ({
      ...one,
      options: one.options.map((each, at) => ({ ...each, correct: at < right })),
    })),
  'true-false': fc.record({
    ...common,
    ...{ kind: fc.constant('true-false' as const), answer: fc.boolean(), otherwise, 'when-right': otherwise },
  }),
  text: fc.record({
    ...common,
    ...closeness,
    kind: fc.constant('text' as const),
    accept: accepted(),
    otherwise,
  }),
  number: fc.record({
    ...common,
    kind: fc.constant('number' as const),
    otherwise,
    unit: maybe(fc.constant(['kg', 'kilo|gram'])),
    accept: fc
      .array(
        fc.record({
          value: fc.integer({ min: -1e6, max: 1e6 }).map(value => value / 100),
          tolerance: fc.constantFrom(0, 0.5, 2, 1e-7),
          credit: share,
          feedback: maybe(markdown(60)),
        }),
        { maxLength: 3 },
      )
      .map(more => [{ value: 7, tolerance: 0.25 }, ...more]),
  }),
  matching: fc.record({
    ...common,
    kind: fc.constant('matching' as const),
    pairs: fc.array(fc.record({ prompt: markdown(60), match: plain(40) }), { minLength: 2, maxLength: 5 }),
    others: fc.uniqueArray(plain(40), { minLength: 1, maxLength: 3 }),
  }),
  ordering: fc.record({
    ...common,
    kind: fc.constant('ordering' as const),
    // Nobody can put in order what looks the same.
    items: fc.uniqueArray(markdown(60), { minLength: 3, maxLength: 6, selector: text => shown(text) }),
  }),
  gaps: fc
    .record({
      ...{ ...common, ...closeness, kind: fc.constant('gaps' as const), start: plain(60), end: plain(60) },
      gaps: fc.array(
        fc.oneof(
          fc.record({ accept: accepted() }),
          fc
            .uniqueArray(plain(40), { minLength: 2, maxLength: 5 })
            .map(options => ({ options, correct: options[0]! })),
        ),
        { minLength: 1, maxLength: 3 },
      ),
    })
    .map(({ start, end, ...one }) => ({
      ...one,
      text: `${start} ${one.gaps.map((_, index) => `[${index + 1}]`).join(', and ')}${end}`,
    })),
}

const sound = (written: Written) => {
  const reading = questionSchema.safeParse(
    Object.fromEntries(Object.entries(written).filter(([, value]) => value !== undefined)),
  )
  return reading.success ? [reading.data] : []
}

/** Any sound question of these kinds, as the site keeps it. */
export const anyQuestion = (...of: (keyof typeof kinds)[]): fc.Arbitrary<Question> =>
  fc
    .oneof(
      ...(of.length > 0 ? of : (Object.keys(kinds) as (keyof typeof kinds)[])).map(
        kind => kinds[kind] as fc.Arbitrary<Written>,
      ),
    )
    .map(sound)
    .filter(found => found.length === 1)
    .map(([question]) => question!)

/** A question in one way of saying it: Markdown as what it shows, and what has no order in one. */
export function told(question: Question, rendered: boolean): unknown {
  const show = (text: string | undefined) => (text === undefined ? undefined : rendered ? shown(text) : text)
  const base = {
    ...{ id: question.id, kind: question.kind, stem: show(question.stem), points: question.points ?? 1 },
    ...{ tags: question.tags ?? [], difficulty: question.difficulty },
    hints: (question.hints ?? []).map(hint => ({ text: show(hint.text), cost: hint.cost })),
  }
  switch (question.kind) {
    case 'single':
    case 'multiple':
    case 'true-false':
      return {
        ...{ ...base, whole: question.whole ?? false, feedback: show(question.feedback) },
        options: question.options.map(one => ({
          ...one,
          text: show(one.text),
          feedback: show(one.feedback),
        })),
      }
    case 'text':
      return {
        ...base,
        ...closely(question),
        accept: acceptedIn(question.accept, show),
        feedback: show(question.feedback),
        otherwise: show(question.otherwise),
      }
    case 'number':
      return {
        ...{
          ...base,
          unit: question.unit,
          feedback: show(question.feedback),
          otherwise: show(question.otherwise),
        },
        accept: question.accept
          .map(one => ({ ...one, feedback: show(one.feedback) }))
          .toSorted((a, b) => b.credit - a.credit),
      }
    case 'matching': {
      const textOf = new Map(question.choices.map(({ id, text }) => [id, text]))
      return {
        ...{ ...base, feedback: show(question.feedback), choices: [...textOf.values()].map(even).toSorted() },
        pairs: question.prompts.map(({ text, match }) => [show(text), even(textOf.get(match) ?? '')]),
      }
    }
    case 'ordering': {
      const textOf = new Map(question.items.map(({ id, text }) => [id, show(text)]))
      return { ...base, feedback: show(question.feedback), items: question.order.map(id => textOf.get(id)) }
    }
    case 'gaps':
      return {
        ...{
          ...base,
          ...(question.gaps.some(gap => gap.as === 'typed') ? closely(question) : {}),
          pieces: question.pieces.map(even),
          feedback: show(question.feedback),
        },
        gaps: question.gaps.map(gap =>
          gap.as === 'typed'
            ? acceptedIn(gap.accept, show)
            : { options: gap.options.map(even).toSorted(), correct: even(gap.correct) },
        ),
      }
    case 'chat':
      return question
  }
}

/** What Markdown shows, without the spaces at the ends of paragraphs that nobody sees. */
const shown = (text: string) =>
  renderAuthored(text)
    // A paragraph of tags alone shows nothing.
    .replace(/<p>\s*<\/p>\s*/g, '')
    // A list is shown with more room or with less: HTML that comes in does not say which was meant.
    .replace(/<li>\s*<p>/g, '<li>')
    .replace(/<\/p>\s*<\/li>/g, '</li>')
    .replace(/\s+/g, ' ')
    .replace(/ ?(<\/?(?:p|ul|ol|li|blockquote|h\d|pre|hr|br)\b[^>]*>) ?/g, '$1')

/** Spaces beside each other are shown as one. */
const even = (text: string) => text.replace(/ +/g, ' ')

const closely = ({ matchCase, matchAccents }: { matchCase: boolean; matchAccents: boolean }) => ({
  matchCase,
  matchAccents,
})

const acceptedIn = (
  accept: readonly { text: string; credit: number; feedback: string | undefined }[],
  show: (text: string | undefined) => string | undefined,
) => accept.map(one => ({ ...one, feedback: show(one.feedback) }))
