import { describe, expect, test } from 'vitest'
import { type BrowserDraft, newerWords } from '../../src/drafts/newer-words.ts'

const here = (more: Partial<BrowserDraft>): BrowserDraft => ({
  words: 'Typed here.',
  over: '',
  typedAt: 1000,
  kept: null,
  ...more,
})
const server = (words: string, typedAt = 2000) => ({ words, typedAt })

test('where nothing was typed anywhere, the field stays as it is', () => {
  expect(newerWords(null, null, '')).toBeNull()
})

test('words from another device are shown on a device that has none', () => {
  expect(newerWords(null, server('Typed there.'), '')).toMatchObject({
    words: 'Typed there.',
    from: 'server',
  })
})

test('words that the server never got are shown, and sent', () => {
  expect(newerWords(here({}), null, '')).toEqual({
    words: 'Typed here.',
    from: 'here',
    other: null,
    send: true,
  })
})

test('whoever typed on after the last time the server was told has all of it, and it is sent', () => {
  const choice = newerWords(
    here({ words: 'Typed here, and on.', kept: 'Typed here' }),
    server('Typed here', 9000),
    '',
  )
  expect(choice).toEqual({ words: 'Typed here, and on.', from: 'here', other: null, send: true })
})

describe('when another device has typed something else since', () => {
  test('its words are shown, and those of this device can be had instead', () => {
    const choice = newerWords(here({ kept: 'Typed here.' }), server('Typed there.'), '')
    expect(choice).toEqual({ words: 'Typed there.', from: 'server', other: 'Typed here.', send: false })
  })

  test('nothing is offered when it only went on from here', () => {
    const choice = newerWords(here({ kept: 'Typed here.' }), server('Typed here. And there.'), '')
    expect(choice).toMatchObject({ words: 'Typed here. And there.', other: null })
  })

  test('and this one too, the newer words win, whichever they are, and the older can be had', () => {
    const older = here({ kept: 'Begun.', typedAt: 1000 })
    const newer = here({ kept: 'Begun.', typedAt: 3000 })
    expect(newerWords(older, server('Typed there.'), '')).toEqual({
      words: 'Typed there.',
      from: 'server',
      other: 'Typed here.',
      send: false,
    })
    expect(newerWords(newer, server('Typed there.'), '')).toEqual({
      words: 'Typed here.',
      from: 'here',
      other: 'Typed there.',
      send: true,
    })
  })
})

test('words that were posted or discarded on another device are not put back, only offered', () => {
  const choice = newerWords(here({ kept: 'Typed here.' }), null, '')
  expect(choice).toEqual({ words: '', from: 'server', other: 'Typed here.', send: false })
})

test('a draft over another text than the one on the page is left alone', () => {
  expect(newerWords(here({ over: 'As it was.' }), null, 'As it is now.')).toBeNull()
})

test('what lost to newer words is still offered when the page is opened again', () => {
  const choice = newerWords(
    here({ words: 'Typed there.', kept: 'Typed there.', other: 'Typed here.' }),
    server('Typed there.'),
    '',
  )
  expect(choice).toMatchObject({ words: 'Typed there.', other: 'Typed here.' })
})

test('a draft that was emptied here stays empty, and the server is told', () => {
  const choice = newerWords(here({ words: '', kept: 'Typed here.' }), server('Typed here.'), '')
  expect(choice).toMatchObject({ words: '', send: true })
})
