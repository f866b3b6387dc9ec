import { expect, test } from 'vitest'
import { appended, inserted } from '../../../src/grading/comments/insertion.ts'

const at = (text: string, words = 'Well seen.') => {
  const from = text.indexOf('|')
  const to = Math.max(from, text.lastIndexOf('|') - 1)
  return inserted(text.replaceAll('|', ''), from, to, words).text
}

test('a comment begins an empty field, and is a paragraph of its own after others', () => {
  expect(at('|')).toBe('Well seen.')
  expect(at('Thank you.|')).toBe('Thank you.\n\nWell seen.')
  expect(at('Thank you.\n|')).toBe('Thank you.\n\nWell seen.')
  expect(at('Thank you.\n\n|')).toBe('Thank you.\n\nWell seen.')
})

test('in the middle of a line it stands between spaces', () => {
  expect(at('Thank you.|And more.')).toBe('Thank you. Well seen. And more.')
  expect(at('Thank you. |And more.')).toBe('Thank you. Well seen. And more.')
  expect(at('|And more.')).toBe('Well seen. And more.')
})

test('it takes the place of what is selected', () => {
  expect(at('Thank you. |Something| And more.')).toBe('Thank you. Well seen. And more.')
})

test('without a script it goes to the end, whatever stands there', () => {
  expect(appended('', 'Well seen.')).toBe('Well seen.')
  expect(appended('Thank you. \n', 'Well seen.')).toBe('Thank you.\n\nWell seen.')
})
