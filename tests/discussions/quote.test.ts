import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mentionsIn, renderMarkdown } from '../../src/authoring/markdown.ts'
import { quoteOf } from '../../src/discussions/composer/quote.ts'
import { misdeeds } from '../authoring/misdeeds.ts'
import { xssCorpus } from '../authoring/xss-corpus.ts'

const quoted = (markdown: string, contentNote: string | null = null) =>
  quoteOf({ id: 12, author: { handle: 'hope' }, markdown, contentNote })

const wordsIn = (quote: string) =>
  quote
    .trimEnd()
    .split('\n')
    .slice(2)
    .map(line => line.replace(/^> ?/, ''))
    .join('\n')

test('a reply begins with whose words it answers, a link to them, and the words themselves', () => {
  expect(quoted('I stayed.\n\nThen I **left**.')).toBe(
    '> [@hope wrote](/posts/12):\n>\n> I stayed.\n>\n> Then I **left**.\n\n',
  )
  expect(renderMarkdown(quoted('I stayed.') + 'So did I.')).toBe(
    '<blockquote>\n<p><a href="/posts/12">@hope wrote</a>:</p>\n<p>I stayed.</p>\n</blockquote>\n<p>So did I.</p>',
  )
})

test('what a post quotes itself is left out, with the lines that go on in it', () => {
  const answer = `${quoted('An old thought.')}My own.\n> Yours\nstill yours\n\nMine again.`
  expect(wordsIn(quoted(answer))).toBe('My own.\n\nMine again.')
  expect(quoted('> Only what others said.')).toBe('')
})

test('a code block keeps its signs, and the reply that follows is no code', () => {
  const code = 'Look:\n```\n> not a quote\n  still here\n```'
  expect(wordsIn(quoted(code))).toBe(code)
  const long = '```\n' + 'word '.repeat(200) + '\n```'
  expect(renderMarkdown(quoted(long) + 'My *answer*.')).toContain('<p>My <em>answer</em>.</p>')
})

test('a long post ends at a word, and says that it goes on', () => {
  const words = wordsIn(quoted('listening '.repeat(100)))
  expect(words).toMatch(/^(listening )+listening…$/)
  expect(words.length).toBeLessThanOrEqual(401)
  expect(wordsIn(quoted('short enough'))).toBe('short enough')
})

test('a word without an end is cut, and no sign that is made of several', () => {
  expect(wordsIn(quoted('a'.repeat(5000)))).toBe(`${'a'.repeat(400)}…`)
  const family = '👨‍👩‍👧‍👦'
  const cut = wordsIn(quoted(family.repeat(300))).slice(0, -1)
  expect(cut.length % family.length).toBe(0)
  expect(cut.replaceAll(family, '')).toBe('')
})

test('words from right to left stay as they are, and begin a paragraph of their own', () => {
  const html = renderMarkdown(quoted('אני כאן בשבילך.'))
  expect(html).toContain('<p>אני כאן בשבילך.</p>')
})

test('what is folded behind a content note is linked to, not unfolded', () => {
  expect(quoted('The hardest night.', 'Death or loss')).toBe('> [@hope wrote](/posts/12)\n\n')
})

test('whoever is named in a quote was told when it was written, and is not told again', () => {
  expect(mentionsIn(quoted('Ask @river about it.') + 'Thank you, @moss.')).toEqual(['moss'])
})

test.each(xssCorpus)('no script comes out of a quote of %j', payload => {
  const drawn = renderMarkdown(quoted(payload) + 'Mine.')
  expect(misdeeds(drawn)).toEqual([])
  expect(drawn).toContain('<p>Mine.</p>')
})

test('whatever is quoted, every line of it is in the quote, and what is written below is not', () => {
  const line = fc.oneof(
    fc.constantFrom('```', '~~~', '> q', '- a', '1. b', '    code', '# h', '===', '| a |', '', '@hope'),
    fc.string({ unit: 'grapheme' }),
  )
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), fc.constantFrom(...xssCorpus), (lines, payload) => {
      const quote = quoted([...lines, payload].join('\n'))
      const all = quote.split('\n')
      expect(all.slice(0, -2).every(one => one.startsWith('>'))).toBe(true)
      expect(renderMarkdown(quote + 'Mine.')).toMatch(/<\/blockquote>\n<p>Mine\.<\/p>$|^<p>Mine\.<\/p>$/)
    }),
  )
})
