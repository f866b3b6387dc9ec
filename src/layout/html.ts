/** HTML that is known to be safe, made by `html` or taken from what was sanitised. */
export class Safe {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
  toString(): string {
    return this.text
  }
}

/** Marks HTML as safe. Only for what a sanitiser or a component has made. */
export const safe = (text: string) => new Safe(text)

type Piece = Safe | string | number | false | null | undefined | readonly Piece[]

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escapeText = (text: string) =>
  /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, sign => entities[sign] ?? sign) : text

function written(piece: Piece): string {
  if (piece instanceof Safe) return piece.text
  if (typeof piece === 'string') return escapeText(piece)
  if (typeof piece === 'number') return String(piece)
  if (!piece) return ''
  return piece.map(written).join('')
}

const seen = new WeakMap<TemplateStringsArray, readonly string[]>()

/** Without the indentation that is there for whoever reads the source: on a page of posts it was a quarter of the bytes. */
function squeezed(strings: TemplateStringsArray): readonly string[] {
  const known = seen.get(strings)
  if (known) return known
  const parts = strings.map(part => part.replace(/\s*\n\s*/g, '\n'))
  seen.set(strings, parts)
  return parts
}

/**
 * HTML from a template: every value in it is escaped, but for what is `Safe` already; lists are joined, and what is
 * false, null or undefined is left out. For long lists on pages that are asked for often, where a component for each
 * item costs too much.
 */
export const html = (strings: TemplateStringsArray, ...pieces: Piece[]): Safe =>
  new Safe(
    squeezed(strings).reduce(
      (text, string, index) => text + string + (index < pieces.length ? written(pieces[index]) : ''),
      '',
    ),
  )
