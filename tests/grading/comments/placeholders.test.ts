import fc from 'fast-check'
import { expect, test } from 'vitest'
import { renderMarkdown } from '../../../src/authoring/markdown.ts'
import { fillIn, unknownPlaceholder, withPlaceholders } from '../../../src/grading/comments/placeholders.ts'
import { misdeeds } from '../../authoring/misdeeds.ts'
import { xssCorpus } from '../../authoring/xss-corpus.ts'

const filling = (name: string) => ({ name, module: 'Rooms and roles', course: 'Introduction' })

/** The words of a piece of HTML, as somebody reads them. */
const read = (html: string) =>
  html
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:#x([\dA-F]+)|lt|gt|amp);/gi, (name, code?: string) =>
      code ? String.fromCodePoint(parseInt(code, 16)) : { '&lt;': '<', '&gt;': '>', '&amp;': '&' }[name]!,
    )
    .replaceAll('\u2060', '')

const shown = (template: string, name: string) => renderMarkdown(fillIn(template, filling(name)))

test('a mentor’s comment speaks to whoever wrote the reflection, of their module', () => {
  expect(fillIn('Thank you, {name}, for “{module}” in {course}.', filling('Hope'))).toBe(
    'Thank you, Hope, for “Rooms and roles” in Introduction.',
  )
  expect(fillIn('Dear {Name}: { name }', filling('Hope'))).toBe('Dear Hope: Hope')
})

test('what stands for nothing is named, and braces that are meant stay braces', () => {
  expect(unknownPlaceholder('Dear {name}, see {lesson} and {nobody}')).toBe('lesson')
  expect(unknownPlaceholder('Dear {constructor}')).toBe('constructor')
  expect(unknownPlaceholder('A set {1, 2}, {} and \\{lesson}')).toBeNull()
  expect(fillIn('\\{name}', filling('Hope'))).toBe('\\{name}')
})

test('a name that is filled in is not filled again', () => {
  expect(read(shown('Dear {name}', '{module}'))).toBe('Dear {module}')
})

test.each([
  '*x*',
  '[a](b)',
  '_under_ __scored__',
  '`code`',
  '<b>bold</b>',
  '# heading',
  '- a dash',
  '1. first',
  '12) twelfth',
  '> said',
  '~~gone~~',
  '![x](y)',
  'a | b',
  '&amp; &copy;',
  'www.example.org',
  'https://example.org/x',
  'me@example.org',
  '@hope',
  '\\*x\\*',
  '---',
  '===',
  '+ more',
  '[^1]',
  'Anne-Marie O’Neil (she/her)',
  'أحمد *x*',
])('somebody called %s is called so, and never marked up', name => {
  for (const template of [
    '{name}',
    'Dear {name},',
    '- {name}',
    '> {name} wrote',
    '**{name}**',
    'One\n{name}\ntwo',
  ]) {
    const plain = renderMarkdown(fillIn(template, filling('X')))
    const html = shown(template, name)
    expect(read(html)).toBe(read(plain).replace('X', name))
    expect(html.match(/<[^>]+>/g)).toEqual(plain.match(/<[^>]+>/g))
  }
})

test('a name ends no code that it stands in', () => {
  expect(shown('Call it `{name}` here', 'a`*b*`')).not.toContain('<em>')
})

test('an ordinary name stays readable in the field', () => {
  expect(fillIn('{name}', filling('Anne-Marie O’Neil (she/her), 3rd'))).toBe(
    'Anne-Marie O’Neil (she/her), 3rd',
  )
})

test('whatever somebody is called, it comes out as they are called', () => {
  const sign = fc.constantFrom(
    ...'* _ ` [ ] ( ) < > # | ~ & : ! $ ^ + - = . @ \\ / { } 1 a \' " www. http:// é 🙂'.split(' '),
    ' ',
  )
  fc.assert(
    fc.property(fc.array(sign, { minLength: 1, maxLength: 14 }), signs => {
      const name = signs.join('').replace(/\s+/g, ' ').trim()
      fc.pre(name !== '')
      const html = shown('Dear {name}, well', name)
      return read(html) === `Dear ${name}, well` && html.match(/<[^>]+>/g)?.join('') === '<p></p>'
    }),
    { numRuns: 2000 },
  )
})

test.each(xssCorpus)('no script comes out of a comment or a name that is %j', payload => {
  expect(misdeeds(shown(`Dear {name}, ${payload}`, 'Hope'))).toEqual([])
  expect(misdeeds(shown('Dear {name}, *well* `{name}` [x]({name})', payload))).toEqual([])
})

test('words about one person are kept for the next: their name becomes its placeholder', () => {
  expect(withPlaceholders('Thank you, Hope. Hopeful words, Hope!', { name: 'Hope' })).toBe(
    'Thank you, {name}. Hopeful words, {name}!',
  )
  expect(withPlaceholders('Thank you, \\*x\\*.', { name: '*x*' })).toBe('Thank you, {name}.')
  expect(withPlaceholders('I agree.', { name: 'I' })).toBe('I agree.')
  expect(withPlaceholders('Thank you.', { name: ' ' })).toBe('Thank you.')
})
