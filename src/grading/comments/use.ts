import type { Tx } from '../../../db/client.ts'
import type { Content } from '../../authoring/content.ts'
import { Invalid } from '../../errors.ts'
import { asNow } from '../../people/load-person.ts'
import type { Person } from '../../people/person.ts'
import { longestFeedback } from '../grade.ts'
import { type Marking, markingFor } from '../marking.ts'
import { commentFor, ensurePlaceholders, longestComment, longestTitle } from './comment.ts'
import type { HalfDone } from './half-done.ts'
import { appended } from './insertion.ts'
import { keepComment } from './keep.ts'
import { fillIn, type Filling, withPlaceholders } from './placeholders.ts'

/** What placeholders become for a reflection. */
export const fillingFor = (content: Content, { author, module, course }: Filled): Filling => ({
  name: author.displayName,
  module: content.module(module)?.title ?? module,
  course: content.course(course)?.title ?? course,
})
type Filled = Pick<Marking, 'author' | 'module' | 'course'>

/**
 * Puts a comment at the end of what is being written.
 * @returns both fields as they are then
 * @throws NotFound when it is not theirs to use, or the marking not theirs to see; Invalid when it is too much
 */
export async function putIn(
  tx: Tx,
  content: Content,
  person: Person,
  id: number,
  half: HalfDone,
): Promise<HalfDone> {
  const mentor = await asNow(tx, person)
  const marking = await markingFor(tx, mentor, half.marking)
  const { markdown } = await commentFor(tx, mentor, id)
  const text = appended(half[half.into], fillIn(markdown, fillingFor(content, marking)))
  if (text.length > longestFeedback)
    throw new Invalid({
      [half.into]: 'There is no room left for that comment. Please shorten this a little.',
    })
  return { ...half, [half.into]: text }
}

/**
 * Keeps what has just been written for another time, for this course: under how it begins, with its placeholder in
 * place of the author's name. @throws Forbidden, NotFound, Conflict; Invalid, about the field that it comes from
 */
export async function keepWords(
  tx: Tx,
  content: Content,
  person: Person,
  { marking: id, into, ...half }: HalfDone,
): Promise<string> {
  const marking = await markingFor(tx, await asNow(tx, person), id)
  const words = half[into].trim()
  if (words === '') throw new Invalid({ [into]: 'There are no words here yet to keep.' })
  const markdown = withPlaceholders(words, fillingFor(content, marking))
  if (markdown.length > longestComment)
    throw new Invalid({ [into]: `Only up to ${longestComment.toLocaleString('en')} characters can be kept.` })
  ensurePlaceholders(markdown, into)
  const title = beginning(markdown)
  await keepComment(tx, content, person, { title, markdown, course: marking.course, shared: false })
  return title
}

/** The first words of a text, without the signs of Markdown. */
function beginning(markdown: string): string {
  const plain = markdown
    .replace(/[*_`#>[\]\\~|]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  if (plain === '') return 'A comment'
  if (plain.length <= 60) return plain.slice(0, longestTitle)
  return `${plain.slice(0, 60).replace(/\s\S*$/, '')}…`
}
