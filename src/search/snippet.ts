import { type SQL, sql } from 'drizzle-orm'
import { html, type Safe } from '../layout/html.ts'

/*
 * PostgreSQL puts a mark before and after each word that was found. Its marks are characters of nobody's script,
 * taken out of the text before; and only once the text around them is escaped do they become elements: nothing that somebody wrote is ever markup here.
 */
const opening = '\uE000'
const closing = '\uE001'

const marks = `StartSel="${opening}", StopSel="${closing}"`
const parts = `${marks}, FragmentDelimiter=" … ", MaxFragments=2, MaxWords=20, MinWords=8, ShortWord=0`
const all = `${marks}, HighlightAll=true`

/** A text as long as this, in characters, is shown as it is. */
const short = 200

/** The parts of a text in which a query's words stand, marked. `text` and `query` are expressions. */
export const headline = (text: SQL, query: SQL): SQL =>
  sql`ts_headline('english', translate(${text}, ${opening + closing}, ''), ${query},
    case when length(${text}) <= ${short} then ${all} else ${parts} end)`

/** The text of HTML that our sanitiser made: tags gone, words on both sides of a block apart; entities stay. */
export const textOfHtml = (column: SQL): SQL =>
  sql`regexp_replace(regexp_replace(${column}, '</?(a|code|del|em|strong)( [^>]*)?>', '', 'g'), '<[^>]*>', ' ', 'g')`

/** Whether any word of the snippet was found. */
export const isMarked = (snippet: string): boolean => snippet.includes(opening)

/** A snippet as HTML, escaped, with the words that were found as `<mark>`. */
export function marked(snippet: string): Safe {
  const [first = '', ...rest] = withDots(snippet).split(opening)
  return html`${plain(first)}${rest.map(piece => {
    const [found = '', after = ''] = piece.split(closing, 2)
    return html`<mark>${found}</mark>${plain(after)}`
  })}`
}

const plain = (text: string) => text.replaceAll(closing, '')

/** A snippet begins and ends in the middle of things, and jumps from a heading to what stands below it. */
function withDots(snippet: string): string {
  const text = snippet
    .trim()
    .replace(/([^\s.,:;!?…"”'’])\s*\n\s*/gu, '$1 · ')
    .replace(/\s+/g, ' ')
    // The rest of a word like “don’t”, of which the database makes two.
    .replace(/^(?:d|ll|m|re|s|t|ve) /, '')
  const before = /^[\uE000"“‘'(]*\p{Ll}/u.test(text) ? '… ' : ''
  const after = /[.!?…][\uE001"”’')]*$/.test(text) ? '' : ' …'
  return before + text + after
}

/** HTML's entities as the characters that they stand for. */
export const decoded = (text: string): string =>
  text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi, (whole, hex, decimal, name) => {
    if (name) return named[String(name).toLowerCase()] ?? whole
    const code = hex ? parseInt(String(hex), 16) : Number(decimal)
    return code <= 0x10ffff ? String.fromCodePoint(code).toWellFormed() : whole
  })

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
