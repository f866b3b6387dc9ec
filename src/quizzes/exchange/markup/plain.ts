import { Refusal } from '../reading.ts'
import { collapsed, isBlock, refuseUnsayable, type Taking } from './sayable.ts'
import { type Element, everythingIn, isElement, within } from './tree.ts'

/** A piece of a page as plain text on one line. */
export const asPlain = (piece: Element, taking: Taking): string =>
  asPlainLines(piece, taking).replaceAll('\n', ' ')

/** A piece of a page as plain text, its lines and paragraphs each on a line of their own. */
export function asPlainLines(piece: Element, taking: Taking): string {
  for (const element of everythingIn(piece)) refuseUnsayable(element, taking)
  if (within(piece, 'img').length > 0)
    throw new Refusal('it has a picture where only words can stand', 'Put it into the question.', piece.line)
  if (within(piece, 'strong', 'b', 'em', 'i', 'code', 'sup', 'sub', 'a').length > 0)
    taking.note('words lose their emphasis or their link', 'They stand as plain text.', piece.line)
  return wordsOf(piece)
    .split('\n')
    .map(line => collapsed(line).trim())
    .filter(Boolean)
    .join('\n')
}

const wordsOf = (piece: Element): string =>
  piece.children
    .map(node => {
      if (!isElement(node)) return collapsed(node)
      if (node.name === 'br') return '\n'
      return isBlock(node) || node.name === 'li' || node.name === 'tr'
        ? `\n${wordsOf(node)}\n`
        : wordsOf(node)
    })
    .join('')
