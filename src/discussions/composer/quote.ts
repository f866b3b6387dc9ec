/** How much of a post a reply begins with: characters as people count them. */
const longest = 400

/** What is quoted. A post that is folded behind a content note stays so: only a link leads to it. */
export type Quoted = {
  id: number
  author: { handle: string }
  markdown: string
  contentNote: string | null
}

/**
 * A post as the beginning of a reply to it: a Markdown quote that says whose words these are and leads to them. What
 * it quotes itself is left out, and a long post ends at a word. Empty where there are no words to quote.
 */
export function quoteOf({ id, author, markdown, contentNote }: Quoted): string {
  const source = `[@${author.handle} wrote](/posts/${id})`
  if (contentNote) return `> ${source}\n\n`
  const words = shortened(withoutQuotes(markdown))
  if (words === '') return ''
  const lines = words.split('\n').map(line => `> ${line}`.trimEnd())
  return [`> ${source}:`, '>', ...lines].join('\n') + '\n\n'
}

/** Words with a quote after them, for an answer to follow; those that hold it already stay as they are. */
export const withQuote = (words: string, quote: string): string =>
  quote === '' || words.includes(quote.trimEnd()) ? words : words === '' ? quote : `${words}\n\n${quote}`

/** Leaves out block quotes with the lines that lazily go on in them, but not what looks like one in a code block. */
function withoutQuotes(markdown: string): string {
  let fence = ''
  let quoting = false
  const kept = markdown.split('\n').filter(line => {
    const [, mark = ''] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? []
    if (fence) {
      if (mark.startsWith(fence)) fence = ''
      return true
    }
    if (/^ {0,3}>/.test(line)) quoting = true
    else if (line.trim() === '' || mark) quoting = false
    if (!quoting) fence = mark
    return !quoting
  })
  return kept
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** Signs can be made of many; a reply has only so much room. */
const mostUnits = longest * 4
const signs = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Never within a sign that is made of several, such as a family or a flag; within a word only if there is no other. */
function shortened(words: string): string {
  let [count, end] = [0, 0]
  for (const { index, segment } of signs.segment(words)) {
    if (count === longest || index + segment.length > mostUnits) break
    count++
    end = index + segment.length
  }
  if (end === words.length) return words
  const start = words.slice(0, end)
  const atWord = /^([\s\S]*\S)\s+\S*$/.exec(start)?.[1]
  return `${atWord && atWord.length > start.length / 2 ? atWord : start}…`
}
