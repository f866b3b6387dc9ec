import { readHtml } from '../markup/html.ts'
import { asPlainLines } from '../markup/plain.ts'
import { childOf, childrenOf, type Element } from '../markup/tree.ts'
import { Refusal } from '../reading.ts'
import { fieldText, type Texts } from './fields.ts'

/**
 * Words to choose for gaps `[[1]]`, `[[2]]`: the number is that of the right word, and all words of its group are to
 * choose from. https://docs.moodle.org/en/Select_missing_words_question_type
 */
export function selectFrom(question: Element, texts: Texts): Record<string, unknown> {
  const words = childrenOf(question, 'selectoption', 'dragbox').map(word => ({
    text: texts.plain(childOf(word, 'text')),
    group: fieldText(childOf(word, 'group')).trim() || '1',
  }))
  const field = childOf(question, 'questiontext')
  const text = asPlainLines(readHtml(fieldText(field), field?.line ?? 1), texts.taking)
  const rights = [...text.matchAll(/\[\[(\d{1,3})\]\]/g)].map(([, number]) => words[Number(number) - 1])
  const gaps = rights.map(right => {
    if (!right) throw new Refusal('a gap names a word that is not there', 'Number its words from 1.')
    const options = words.filter(({ group }) => group === right.group).map(word => word.text)
    return { options: [...new Set(options)], correct: right.text }
  })
  let number = 0
  return {
    kind: 'gaps',
    stem: 'Choose the missing words.',
    text: text.replace(/\[\[\d{1,3}\]\]/g, () => `[${++number}]`),
    gaps,
  }
}
