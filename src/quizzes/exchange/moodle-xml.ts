import { clozeFrom } from './cloze.ts'
import { even, numberIn } from './gift-answers.ts'
import { readHtml } from './html.ts'
import { asMarkdown, asPlain, plainAsMarkdown, type Taking } from './markup.ts'
import { selectFrom } from './moodle-select.ts'
import { type Draft, Gathering, type Note, type Reading, Refusal, said } from './reading.ts'
import { categoryTag, tagsFrom } from './tags.ts'
import { childOf, childrenOf, type Element, textOf } from './tree.ts'
import { acceptedFrom, creditFrom, multipleFrom, singleFrom } from './weights.ts'
import { readXml } from './xml.ts'

/** Reads the texts of one question. */
export type Texts = {
  /** Markdown; empty where there is none. */
  readonly markdown: (element: Element | undefined) => string
  readonly plain: (element: Element | undefined) => string
  readonly taking: Taking
}

/**
 * Reads Moodle XML, as https://docs.moodle.org/en/Moodle_XML_format describes it. Of settings that say only how Moodle
 * shows a question (numbering, layout, feedback that says no more than right or wrong) nothing is told.
 * @throws Refusal when the file is no such XML
 */
export function readMoodleXml(text: string, hasPicture: Taking['hasPicture']): Reading {
  const quiz = readXml(text)
  if (quiz.name !== 'quiz')
    throw new Refusal(
      `the file begins with <${quiz.name}>, and Moodle XML begins with <quiz>`,
      'Name another format, or export it as Moodle XML.',
      quiz.line,
    )
  const gathering = new Gathering()
  let category = ''
  for (const question of childrenOf(quiz, 'question')) {
    const kind = question.attributes.type ?? ''
    if (kind === 'category') category = categoryTag(fieldText(childOf(question, 'category')))
    else
      gathering.take(question.line, note => ({
        name: fieldText(childOf(question, 'name')).trim(),
        draft: draftOf(question, kind, category, { note, hasPicture }),
      }))
  }
  return gathering
}

function draftOf(question: Element, kind: string, category: string, taking: Taking): Draft {
  if (fieldText(childOf(question, 'hidden')).trim() === '1')
    throw new Refusal(
      'it is hidden: an old version, or deleted',
      'Show it in Moodle, and export it again, if you want it.',
    )
  const texts = textsWith(taking)
  const { note } = taking
  const tags = tagsFrom(
    [...childrenOf(childOf(question, 'tags') ?? question, 'tag').map(fieldText), category],
    note,
  )
  // First, so that what is no question of ours is told as that.
  const answers = answersOf(question, kind, texts)
  sayWhatIsLost(question, texts)
  return said({
    stem: texts.markdown(childOf(question, 'questiontext')),
    ...answers,
    feedback: texts.markdown(childOf(question, 'generalfeedback')),
    ...{ points: pointsOf(question, note), hints: hintsOf(question, texts), tags },
  }) as Draft
}

/** The words in a field, which stand in `<text>` in it or directly. */
export const fieldText = (field: Element | undefined): string => textOf(childOf(field, 'text') ?? field)

function textsWith(taking: Taking): Texts {
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

function answersOf(question: Element, kind: string, texts: Texts): Record<string, unknown> {
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

const fractionOf = ({ attributes, line }: Element): number => {
  const fraction = numberIn(attributes.fraction ?? '0')
  if (fraction === undefined)
    throw new Refusal(
      'an answer’s `fraction` is no number',
      'Write per cents, such as `fraction="50"`.',
      line,
    )
  return fraction / 100
}

const weighed = (question: Element, { markdown }: Texts) =>
  childrenOf(question, 'answer').map(answer => ({
    ...{ text: markdown(answer), weight: fractionOf(answer) },
    feedback: markdown(childOf(answer, 'feedback')) || undefined,
  }))

function choiceFrom(question: Element, kind: string, texts: Texts) {
  const options = weighed(question, texts)
  const { note } = texts.taking
  if (kind === 'multichoiceset') return multipleFrom(options, note, true)
  return isTrue(childOf(question, 'single'), true) ? singleFrom(options, note) : multipleFrom(options, note)
}

const isTrue = (field: Element | undefined, otherwise: boolean) =>
  field ? /^(true|1)$/i.test(textOf(field).trim()) : otherwise

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

function numberFrom(question: Element, texts: Texts) {
  const answers = childrenOf(question, 'answer')
  const rest = answers.find(answer => fieldText(answer).trim() === '*')
  const accept = answers
    .filter(answer => answer !== rest)
    .map(answer => {
      const value = numberIn(fieldText(answer))
      const tolerance = numberIn(textOf(childOf(answer, 'tolerance')).trim() || '0')
      if (value === undefined || tolerance === undefined)
        throw new Refusal(
          `'${fieldText(answer).trim().slice(0, 60)}' is no number`,
          'Write it in digits.',
          answer.line,
        )
      return said({
        ...{
          value,
          tolerance: even(tolerance) || undefined,
          credit: creditFrom(fractionOf(answer), texts.taking.note),
        },
        feedback: texts.markdown(childOf(answer, 'feedback')),
      })
    })
  return said({
    ...{ kind: 'number', accept, unit: unitsOf(question, texts.taking.note) },
    otherwise: texts.markdown(childOf(rest, 'feedback')),
  })
}

/** Names of the unit where giving it counts; other units that Moodle would convert are told. */
function unitsOf(question: Element, note: Note): string[] | undefined {
  const units = childrenOf(childOf(question, 'units') ?? question, 'unit').map(unit => ({
    name: textOf(childOf(unit, 'unit_name')).trim(),
    multiplier: numberIn(textOf(childOf(unit, 'multiplier'))) ?? 1,
  }))
  if (units.length === 0) return undefined
  const counts = numberIn(textOf(childOf(question, 'unitgradingtype'))) ?? 0
  if (counts === 0) {
    note('its units are left out, since Moodle didn’t mark them', 'Say in the question which unit is meant.')
    return undefined
  }
  if (units.some(({ multiplier }) => multiplier !== 1))
    note('units that have to be converted are left out', 'Say in the question which unit is meant.')
  if ((numberIn(textOf(childOf(question, 'unitpenalty'))) ?? 0.5) !== 0.5)
    note('a missing unit costs half here', 'Nothing needs doing, unless it is to cost more or less.')
  return units.filter(({ multiplier }) => multiplier === 1).map(({ name }) => name)
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

function pointsOf(question: Element, note: Note): number | undefined {
  const grade = numberIn(textOf(childOf(question, 'defaultgrade'))) ?? 1
  const points = Math.min(10, Math.max(1, Math.round(grade)))
  if (points !== grade)
    note(`it was worth ${grade} points, and is worth ${points} here`, 'Points are whole, from 1 to 10.')
  return points === 1 ? undefined : points
}

function hintsOf(question: Element, { markdown, taking }: Texts) {
  const hints = childrenOf(question, 'hint').map(markdown).filter(Boolean)
  if (hints.length === 0) return undefined
  const penalty = numberIn(textOf(childOf(question, 'penalty'))) ?? 1 / 3
  const cost = creditFrom(penalty, taking.note) ?? '100%'
  return hints.map(text => ({ text, cost }))
}

/** What Moodle says by itself when nobody writes anything else, in the wordings of its English versions. */
const stock = /^(your answer is )?(correct|partially correct|incorrect)\.?$/i

function sayWhatIsLost(question: Element, { markdown, taking: { note } }: Texts): void {
  for (const name of ['correctfeedback', 'partiallycorrectfeedback', 'incorrectfeedback']) {
    const field = childOf(question, name)
    if (
      field &&
      fieldText(field)
        .replace(/<[^<>]*>/g, '')
        .trim() !== '' &&
      !stock.test(markdown(field))
    )
      note(
        `its feedback for any ${name.replace('feedback', '').replace('partially', 'partly ')} answer is left out`,
        'Say it in `feedback`.',
        field.line,
      )
  }
}
