import { expect, test } from 'vitest'
import { changesInWords, isOnPage, newInWords } from '../../../../src/grading/desk/live/desk-changes.ts'

const row = (by: string | null, closed = false) => ({ title: '“Rooms” by @river', by, closed })

test('one change is said by the name of the reflection', () => {
  expect(changesInWords([])).toBe('')
  expect(changesInWords([row('maple')])).toBe('“Rooms” by @river: @maple is at work on it.')
  expect(changesInWords([row(null)])).toBe('“Rooms” by @river: free again.')
  expect(changesInWords([row(null, true)])).toBe('“Rooms” by @river: done.')
})

test('several changes are said in one short sentence, by their number', () => {
  expect(changesInWords([row('maple'), row('myrtle'), row(null, true)])).toBe(
    'On this list: 2 being graded, 1 done.',
  )
  expect(changesInWords([row(null), row('maple')])).toBe('On this list: 1 being graded, 1 free again.')
})

test('new reflections are announced one or many, and not at all where there are none', () => {
  expect(newInWords(0)).toEqual({ text: '', show: '' })
  expect(newInWords(1)).toEqual({ text: 'A new reflection waits.', show: 'Show it' })
  expect(newInWords(3)).toEqual({ text: '3 new reflections wait.', show: 'Show them' })
})

test('only what would stand on this page of the queue is announced on it', () => {
  expect(isOnPage(500, null, null)).toBe(true)
  expect(isOnPage(500, null, '400-7')).toBe(false)
  expect(isOnPage(300, null, '400-7')).toBe(true)
  expect(isOnPage(300, '400-7', null)).toBe(false)
  expect(isOnPage(500, '400-7', '600-9')).toBe(true)
  expect(isOnPage(500, 'nonsense', null)).toBe(true)
})
