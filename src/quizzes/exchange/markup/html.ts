import { decodeNamedCharacterReference } from 'decode-named-character-reference'
import { Refusal } from '../reading.ts'
import { deepest, type Element } from './tree.ts'

/** The longest piece of HTML that is read, in characters: far more than a question may be long. */
const longest = 20_000

const empty = new Set(['br', 'hr', 'img', 'input', 'wbr', 'col', 'source', 'track', 'meta', 'link'])
const blocks = [
  'p',
  'div',
  'ul',
  'ol',
  'table',
  'pre',
  'blockquote',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'hr',
]

/** What an element ends that was left open before it. */
const ends: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(blocks.map(name => [name, ['p']])),
  li: ['li', 'p'],
  tr: ['tr', 'td', 'th', 'p'],
  td: ['td', 'th', 'p'],
  th: ['td', 'th', 'p'],
}

// No `<` within a tag, not even in quotes: so that no sign is looked at from two tags.
const token =
  /<!--[\s\S]*?(?:-->|$)|<(\/?)([a-z][a-z0-9:-]*)((?:[^<>"']|"[^"<]*"|'[^'<]*')*)>|<[!?][^<>]*>/giy
const attribute = /([^\s=/"'<>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g

/**
 * A piece of HTML as people and programs write it, read leniently: what is left open ends with what it stands in. What
 * it makes of a piece never grows beyond it, unlike what browsers do with misnested tags.
 * @param line on which the piece begins
 * @throws Refusal when it is too long or nested too deep
 */
export function readHtml(html: string, line: number): Element {
  if (html.length > longest)
    throw new Refusal(
      `a text has ${html.length} characters of HTML`,
      'Shorten it, and keep pictures apart.',
      line,
    )
  const root: Element = { name: 'div', attributes: {}, children: [], line }
  const open = [root]
  const say = (text: string) => {
    if (text) open.at(-1)!.children.push(decodeEntities(text))
  }
  let from = 0
  let at = html.indexOf('<')
  while (at >= 0) {
    token.lastIndex = at
    const [tag, slash, name, rest = ''] = token.exec(html) ?? []
    if (tag === undefined) {
      at = html.indexOf('<', at + 1)
      continue
    }
    say(html.slice(from, at))
    from = at + tag.length
    if (name && slash) close(open, name.toLowerCase())
    else if (name) begin(open, name.toLowerCase(), rest, line)
    at = html.indexOf('<', from)
  }
  say(html.slice(from))
  return root
}

function begin(open: Element[], name: string, rest: string, line: number) {
  for (const other of ends[name] ?? []) if (open.at(-1)!.name === other) open.pop()
  if (open.length > deepest)
    throw new Refusal(
      `the HTML is nested more than ${deepest} deep`,
      'Write the text in a plainer way.',
      line,
    )
  const element = { name, attributes: attributesIn(rest), children: [], line }
  open.at(-1)!.children.push(element)
  if (!empty.has(name) && !rest.endsWith('/')) open.push(element)
}

function close(open: Element[], name: string) {
  const place = open.findLastIndex((element, index) => index > 0 && element.name === name)
  if (place > 0) open.length = place
}

function attributesIn(rest: string): Record<string, string> {
  const attributes = Object.create(null) as Record<string, string>
  for (const [, name = '', double, single, bare] of rest.matchAll(attribute))
    attributes[name.toLowerCase()] ??= decodeEntities(double ?? single ?? bare ?? '')
  return attributes
}

/** `&amp;`, `&#8217;`, `&nbsp;` and their like as what they stand for. */
export const decodeEntities = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z][a-z0-9]{1,31}));/gi, (whole, decimal, hex, name) => {
    if (name) return decodeNamedCharacterReference(String(name)) || whole
    const code = decimal ? Number(decimal) : parseInt(String(hex), 16)
    return isCharacter(code) ? String.fromCodePoint(code) : '\uFFFD'
  })

const isCharacter = (code: number) =>
  code > 31 ? code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) : code === 9 || code === 10
