import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Change, changesBetween } from '../../src/discussions/changes.ts'

const without = (changes: Change[], kind: Change['kind']) =>
  changes.flatMap(change => (change.kind === kind ? [] : [change.text])).join('')

test('whatever was changed, the two texts can be read from what is shown, to the letter', () => {
  const words = fc.array(fc.constantFrom('I', 'asked', 'waited', 'them', ' ', '\n', ', ', 'שלום', '🌿'))
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    words.map(list => list.join('')),
  )
  fc.assert(
    fc.property(text, text, (before, now) => {
      const changes = changesBetween(before, now)
      expect(without(changes, 'added')).toBe(before)
      expect(without(changes, 'removed')).toBe(now)
    }),
  )
})

test('a sentence rewritten is shown as one taken out and one put in, not word by word', () => {
  expect(
    changesBetween('I stayed. I forgot the others in it.', 'I stayed. I wrote to the room, and to them.'),
  ).toEqual([
    { kind: 'same', text: 'I stayed. I ' },
    { kind: 'removed', text: 'forgot the others in it' },
    { kind: 'added', text: 'wrote to the room, and to them' },
    { kind: 'same', text: '.' },
  ])
})

test('two long texts with nothing in common are compared in a moment', () => {
  const [before, now] = ['a', 'b'].map(letter =>
    Array.from({ length: 3000 }, (_, index) => `${letter}${index}`).join(' '),
  )
  expect(changesBetween(before!, now!).map(({ kind }) => kind)).toEqual(['removed', 'added'])
})
