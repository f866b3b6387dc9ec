import { childOf, childrenOf, type Element } from '../markup/tree.ts'
import { numberIn } from '../numbers.ts'
import { Refusal, said } from '../reading.ts'
import { acceptedFrom, multipleFrom, singleFrom } from '../weights.ts'
import { clozeFrom } from './cloze.ts'
import { fieldText, fractionOf, isTrue, type Texts } from './fields.ts'
import { numberFrom } from './number.ts'
import { selectFrom } from './select.ts'

/** What is asked, and what is right. @throws Refusal for a kind that nobody here can answer */
export function answersOf(question: Element, kind: string, texts: Texts): Record<string, unknown> {
  switch (kind) {
    case 'multichoice':
    case 'multichoiceset':
      return choiceFrom(question, kind, texts)
    case 'truefalse':
      return truthFrom(question, texts)
    case 'shortanswer':
      return textFrom(question, texts)
    case 'numerical':
      return numberFrom(question, texts)
    case 'matching':
    case 'match':
      return matchingFrom(question, texts)
    case 'ordering':
      return orderingFrom(question, texts)
    case 'cloze':
    case 'multianswer':
      return clozeFrom(question, texts)
    case 'gapselect':
    case 'ddwtos':
      return selectFrom(question, texts)
    default:
      throw new Refusal(...unknownKind(kind))
  }
}

const unknownKind = (kind: string): [string, string] => {
  if (kind === 'description') return ['it asks nothing', 'Put its text into the lesson.']
  if (kind === 'essay')
    return [
      'it is answered in one’s own words, which nobody can mark by a key',
      'Ask it as the module’s reflection.',
    ]
  if (kind.startsWith('calculated'))
    return ['it is calculated anew each time', 'Write some of its cases as `numerical`.']
  return [
    `questions of the kind '${kind.slice(0, 40)}' are not known here`,
    'Write it as multichoice, truefalse, shortanswer, numerical, matching, ordering, cloze or gapselect.',
  ]
}

function choiceFrom(question: Element, kind: string, texts: Texts) {
  const options = weighed(question, texts)
  const { note } = texts.taking
  if (kind === 'multichoiceset') return multipleFrom(options, note, true)
  return isTrue(childOf(question, 'single'), true) ? singleFrom(options, note) : multipleFrom(options, note)
}

const weighed = (question: Element, { markdown }: Texts) =>
  childrenOf(question, 'answer').map(answer => ({
    ...{ text: markdown(answer), weight: fractionOf(answer) },
    feedback: markdown(childOf(answer, 'feedback')) || undefined,
  }))

function truthFrom(question: Element, { markdown }: Texts) {
  const answers = childrenOf(question, 'answer')
  const right = answers.find(answer => fractionOf(answer) > 0)
  const wrong = answers.find(answer => answer !== right)
  const word = fieldText(right).trim().toLowerCase()
  if (!right || !['true', 'false'].includes(word))
    throw new Refusal('it has no right answer that is true or false', 'Give one of them `fraction="100"`.')
  const feedbackOf = (answer: Element | undefined) => markdown(childOf(answer, 'feedback'))
  return said({
    ...{ kind: 'true-false', answer: word === 'true' },
    ...{ 'when-right': feedbackOf(right), otherwise: feedbackOf(wrong) },
  })
}

function textFrom(question: Element, texts: Texts) {
  const answers = childrenOf(question, 'answer').map(answer => ({
    ...{ text: fieldText(answer).trim(), weight: fractionOf(answer) },
    feedback: texts.markdown(childOf(answer, 'feedback')) || undefined,
  }))
  const escapedStar = answers.find(({ text }) => text.includes('\\*'))
  if (escapedStar)
    throw new Refusal(
      'an answer has a star that means itself, and here a star stands for any signs',
      'Write the answer without it.',
    )
  const rest = answers.find(({ text, weight }) => text === '*' && weight === 0)
  return said({
    kind: 'text',
    accept: answers
      .filter(answer => answer !== rest)
      .map(({ text, weight, feedback }) => acceptedFrom(text, weight, feedback, texts.taking.note)),
    otherwise: rest?.feedback,
    'match-case': isTrue(childOf(question, 'usecase'), false) || undefined,
  })
}

function matchingFrom(question: Element, texts: Texts) {
  const rows = childrenOf(question, 'subquestion').map(row => ({
    prompt: texts.markdown(row),
    match: texts.plain(childOf(row, 'answer')),
  }))
  const others = rows.filter(({ prompt, match }) => prompt === '' && match !== '').map(({ match }) => match)
  return said({
    ...{ kind: 'matching', pairs: rows.filter(({ prompt }) => prompt !== '') },
    others: others.length > 0 ? [...new Set(others)] : undefined,
  })
}

function orderingFrom(question: Element, texts: Texts) {
  const { note } = texts.taking
  const select = fieldText(childOf(question, 'selecttype')).trim()
  if (!/^(0|all|)$/i.test(select))
    note('all of its items are shown, and Moodle showed some of them', 'Take items out if they are too many.')
  const grading = fieldText(childOf(question, 'gradingtype')).trim()
  if (!/^(1|relative_next_exclude_last|)$/i.test(grading))
    note(
      'a part of the order earns the share of neighbours that are right',
      'Nothing needs doing, unless Moodle’s way matters to you.',
    )
  const items = childrenOf(question, 'answer')
    .map((answer, index) => ({
      text: texts.markdown(answer),
      place: numberIn(answer.attributes.fraction ?? '') ?? index,
    }))
    .toSorted((a, b) => a.place - b.place)
  return { kind: 'ordering', items: items.map(({ text }) => text) }
}
