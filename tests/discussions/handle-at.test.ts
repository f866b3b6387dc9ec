import { expect, test } from 'vitest'
import { handleAt } from '../../src/discussions/composer/handle-at.ts'

const at = (text: string) => handleAt(text.replace('|', ''), text.indexOf('|'))

test.each([
  ['@ho|', { from: 0, begins: 'ho' }],
  ['Thank you, @ho| for this', { from: 11, begins: 'ho' }],
  ['(@ho|', { from: 1, begins: 'ho' }],
  ['a\n@the-one|', { from: 2, begins: 'the-one' }],
  ['@ليلى|', { from: 0, begins: 'ليلى' }],
])('in %j a handle is being typed', (text, expected) => {
  expect(at(text)).toEqual(expected)
})

test.each(['|', '@|', 'hope@exa|', '@hope |', '@hope.|', 'ho|', 'https://example.org/@ho|'])(
  'in %j none is',
  text => {
    expect(at(text)).toBeNull()
  },
)
