import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  mentionsIn,
  renderAuthored,
  renderAuthoredInline,
  renderMarkdown,
} from '../../src/authoring/markdown.ts'
import { misdeeds } from './misdeeds.ts'
import { xssCorpus } from './xss-corpus.ts'

test.each(xssCorpus)('no script comes out of %j', payload => {
  for (const text of [payload, `Hello ${payload} there`, `> ${payload}`, `- a\n- ${payload}`])
    expect(misdeeds(renderMarkdown(text, new Set(['hope'])))).toEqual([])
})

test('no script comes out of any mixture of hostile pieces', () => {
  const piece = fc.oneof(
    fc.constantFrom(...xssCorpus),
    fc.constantFrom(
      '<',
      '>',
      '"',
      "'",
      '`',
      '[',
      ']',
      '(',
      ')',
      '!',
      '\n',
      '\n\n',
      '&',
      '#',
      '|',
      '*',
      '_',
      '@hope',
      'javascript:',
      '\0',
    ),
    fc.string({ maxLength: 8 }),
  )
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 12 }),
      pieces => misdeeds(renderMarkdown(pieces.join(''), new Set(['hope']))).length === 0,
    ),
    { numRuns: 400 },
  )
})

test('HTML that someone typed is shown as they typed it', () => {
  expect(renderMarkdown('I <3 this <b>room</b>')).toBe('<p>I &#x3C;3 this &#x3C;b>room&#x3C;/b></p>')
  expect(renderMarkdown('<div>so do I</div>')).toBe('<p>&#x3C;div>so do I&#x3C;/div></p>')
})

test('a broken line stays broken, and an image is its words', () => {
  expect(renderMarkdown('one\ntwo')).toBe('<p>one<br>\ntwo</p>')
  expect(renderMarkdown('![a calm sea](https://example.org/x.png)')).toBe('<p>a calm sea</p>')
})

test('headings in a post stand below the name of its author', () => {
  expect(renderMarkdown('# One\n\n#### Four')).toBe('<h4>One</h4>\n<h6>Four</h6>')
})

test('links out vouch for nothing; links within the site are plain', () => {
  expect(renderMarkdown('[a](https://example.org) [b](/guides/open-questions)')).toBe(
    '<p><a href="https://example.org" rel="nofollow ugc noopener">a</a> <a href="/guides/open-questions">b</a></p>',
  )
})

test('a mention links to a person who exists, and to nobody else', () => {
  expect(renderMarkdown('Thanks @Hope, and @nobody', new Set(['hope']))).toBe(
    '<p>Thanks <a href="/people/hope">@Hope</a>, and @nobody</p>',
  )
})

test('mentions are found in words, not in addresses, code, links or longer names', () => {
  expect(mentionsIn('@sol and @Sol, (@river-two). @moss’s')).toEqual(['sol', 'river-two', 'moss'])
  expect(mentionsIn('a@hope.org `@hope` [@hope](/x) https://x.org/@hope @@hope')).toEqual([])
  expect(mentionsIn(`@${'a'.repeat(31)}`)).toEqual([])
})

test('text made to exhaust a parser keeps its words', () => {
  for (const sign of ['>', '> ', '[', 'a**b', '*_', '<a', '|', '`', '- ', '1. ']) {
    const text = sign.repeat(10_000 / sign.length).trim()
    const words = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    expect(renderMarkdown(text)).toBe(`<p>${words}</p>`)
    expect(mentionsIn(`@hope ${text}`)).toEqual([])
  }
})

test('text with all the signs that a person would use is no tangle', () => {
  const text = '> **You said** [this](https://example.org), `and` _that_.\n\n'.repeat(100)
  expect(renderMarkdown(text)).toContain('<blockquote>')
})

test('what an author wrote keeps its headings and can stand within a line', () => {
  expect(renderAuthored('## Why\n\nBecause.')).toBe('<h2>Why</h2>\n<p>Because.</p>')
  expect(renderAuthoredInline('Say *hello*')).toBe('Say <em>hello</em>')
})

test('an author’s picture is ours or said in its words, whatever its address and its words say', () => {
  for (const url of [
    'https://example.org/x.png',
    'javascript:alert(1)',
    'data:image/svg+xml,<svg onload=alert(1)>',
    'pictures/x.png',
  ]) {
    const html = renderAuthored(
      `Look: ![A <b onmouseover="alert(1)">"quoted"</b> cat](${url.replaceAll(' ', '%20')})`,
    )
    expect(html).not.toMatch(/<img|<b|javascript:/)
    expect(html).toContain('Look: ')
  }
})
