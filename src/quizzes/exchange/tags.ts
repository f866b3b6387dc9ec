import { plain } from '../questions/words.ts'

/** Words as the plain name that a tag or a question has; empty where nothing of them can be written so. */
export function nameFrom(words: string, longest: number): string {
  const letters = plain(words.slice(0, 400), { matchCase: false, matchAccents: false })
    .replaceAll('ß', 'ss')
    .replaceAll("'", '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  if (letters.length <= longest) return letters
  const cut = letters.slice(0, longest + 1).lastIndexOf('-')
  return letters.slice(0, cut > longest / 2 ? cut : longest).replace(/-$/, '')
}

/** The tag that a category such as `$course$/top/Listening/Open questions` becomes: its last name. */
export function categoryTag(path: string): string {
  // A doubled slash is one within a name.
  const names = path
    .replaceAll('//', '\u0000')
    .split('/')
    .map(name => name.replaceAll('\u0000', '/').trim())
  const last = names.findLast(name => name !== '')
  return !last || /^(\$\w+\$|top|default for .*)$/i.test(last) ? '' : nameFrom(last, 60)
}

const mostTags = 8

/** Tags as authors write them, each once; undefined where there are none. */
export function tagsFrom(
  words: readonly string[],
  note: (reason: string, remedy: string) => void,
): string[] | undefined {
  const named = [...new Set(words.map(word => nameFrom(word, 60)))].filter(Boolean)
  const lost =
    words.filter(word => word.trim() && !nameFrom(word, 60)).length + Math.max(0, named.length - mostTags)
  if (lost > 0)
    note(
      `${lost} of its tags can’t be kept`,
      `Tags are at most ${mostTags}, in small letters from a to z and digits.`,
    )
  return named.length > 0 ? named.slice(0, mostTags) : undefined
}
