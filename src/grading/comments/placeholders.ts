/** What stands for something that differs from one reflection to the next, and what it becomes. */
export const placeholders = {
  name: 'the name of whoever wrote the reflection',
  module: 'the title of the module',
  course: 'the title of the course',
} as const

export type Placeholder = keyof typeof placeholders
export type Filling = Record<Placeholder, string>

/** A word in braces, unless a backslash says that the braces are meant. Phones begin words with a capital. */
const inBraces = /(?<!\\)\{\s*(\p{L}[\p{L}\p{N}_-]{0,39})\s*\}/gu

const known = (word: string): Placeholder | null => {
  const name = word.toLowerCase()
  return Object.hasOwn(placeholders, name) ? (name as Placeholder) : null
}

/** The first word in braces that stands for nothing, as it was written; null where there is none. */
export function unknownPlaceholder(text: string): string | null {
  for (const [, word = ''] of text.matchAll(inBraces)) if (known(word) === null) return word
  return null
}

/** The words with their placeholders filled, for Markdown: a name stays a name, whatever signs are in it. */
export function fillIn(markdown: string, filling: Filling): string {
  return markdown.replace(inBraces, (whole, word: string) => {
    const name = known(word)
    return name === null ? whole : asMarkdownText(filling[name])
  })
}

/**
 * Text as Markdown that comes out as the very same text. Only what could be markup is escaped, so that a name with a
 * hyphen or a dot stays readable in the field. CommonMark 0.31, 2.4: a backslash before a sign of ASCII takes its meaning
 * away. It does not in code, where a backtick could end it: hence the reference. GFM makes links of bare addresses even
 * then; an invisible word joiner keeps them words.
 */
export function asMarkdownText(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\*_{}[\]<>#|~:]|&(?=[#\w])/g, '\\$&')
    .replaceAll('`', '&#96;')
    .replace(/^([-+=])/, '\\$1')
    .replace(/^(\d+)([.)])/, '$1\\$2')
    .replace(/(https?\\:|www)(?=[./])/gi, '$1\u2060')
    .replaceAll('@', '@\u2060')
}

/** Words about one person made fit for the next: their name becomes its placeholder. */
export function withPlaceholders(markdown: string, { name }: Pick<Filling, 'name'>): string {
  const spoken = [name, asMarkdownText(name)].filter(words => words.trim().length > 1).map(escapeForRegex)
  if (spoken.length === 0) return markdown
  return markdown.replace(
    new RegExp(`(?<![\\p{L}\\p{N}])(?:${spoken.join('|')})(?![\\p{L}\\p{N}])`, 'gu'),
    '{name}',
  )
}

const escapeForRegex = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
