import { expect, test } from 'vitest'
import { keyPressed } from '../../../src/grading/desk/keys/key-pressed.ts'

type Event = Parameters<typeof keyPressed>[0]

const press = (key: string, code: string, more: Partial<Event> = {}) =>
  keyPressed({
    ...{
      key,
      code,
      ctrlKey: false,
      metaKey: false,
      altKey: false,
      isComposing: false,
      defaultPrevented: false,
    },
    ...more,
  })

test('a letter, a digit and a question mark are what they say, wherever a layout has them', () => {
  expect(press('j', 'KeyJ')).toBe('j')
  expect(press('3', 'Digit3')).toBe('3')
  expect(press('?', 'Minus')).toBe('?')
  expect(press('Escape', 'Escape')).toBe('Escape')
})

test('who types Arabic, Hebrew or Russian presses the same keys', () => {
  expect(press('ت', 'KeyJ')).toBe('j')
  expect(press('١', 'Digit1')).toBe('1')
  expect(press('ח', 'KeyJ')).toBe('j')
  expect(press('о', 'KeyJ')).toBe('j')
})

test('what belongs to the browser, a screen reader or an input method is left to it', () => {
  for (const more of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }])
    expect(press('p', 'KeyP', more)).toBeNull()
  expect(press('p', 'KeyP', { isComposing: true })).toBeNull()
  expect(press('p', 'KeyP', { defaultPrevented: true })).toBeNull()
  for (const [key, code] of [
    ['Enter', 'Enter'],
    [' ', 'Space'],
    ['Tab', 'Tab'],
    ['ArrowDown', 'ArrowDown'],
    ['F5', 'F5'],
    ['Dead', 'KeyE'],
  ] as const)
    expect(press(key, code)).toBeNull()
})

test('a capital letter is another key, so that Shift and a letter do nothing', () => {
  expect(press('P', 'KeyP')).toBe('P')
})
