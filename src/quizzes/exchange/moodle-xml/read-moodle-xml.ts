import type { Taking } from '../markup/sayable.ts'
import { childOf, childrenOf, type Element, textOf } from '../markup/tree.ts'
import { readXml } from '../markup/xml.ts'
import { numberIn } from '../numbers.ts'
import { type Draft, Gathering, type Note, type Reading, Refusal, said } from '../reading.ts'
import { categoryTag, tagsFrom } from '../tags.ts'
import { creditFrom } from '../weights.ts'
import { answersOf } from './answers.ts'
import { fieldText, type Texts, textsWith } from './fields.ts'

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
