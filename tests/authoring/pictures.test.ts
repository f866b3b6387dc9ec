import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { sizeOf } from '../../src/authoring/picture-size.ts'
import { readContent } from '../../src/authoring/reading.ts'
import { square } from './drafts-content.ts'
import { contentFolder } from './small-content.ts'
import { edited, ending, lesson, quiz, told } from './told.ts'

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(
    parts.map(part => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))),
  )
const u32 = (n: number) => [n >>> 24, (n >> 16) & 255, (n >> 8) & 255, n & 255]

export const png = bytes('\x89PNG\r\n\x1a\n', u32(13), 'IHDR', u32(640), u32(480), [8, 6, 0, 0, 0])
const jpg = bytes([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xc2, 0, 17, 8, 1, 44, 2, 128, 3])
const webpLossy = bytes('RIFF', u32(0), 'WEBPVP8 ', u32(0), [0, 0, 0, 0x9d, 1, 0x2a, 128, 2, 0xe0, 1])
const webpLossless = bytes('RIFF', u32(0), 'WEBPVP8L', u32(0), [0x2f, 0x7f, 0xc2, 0x77, 0])
const webpExtended = bytes('RIFF', u32(0), 'WEBPVP8X', u32(0), u32(0), [127, 2, 0, 0xdf, 1, 0])
const ispe = (width: number, height: number) => [
  ...u32(20),
  ...Buffer.from('ispe'),
  ...u32(0),
  ...u32(width),
  ...u32(height),
]
const avif = bytes(u32(24), 'ftypavif', u32(0), 'avifmif1', ispe(160, 120), ispe(640, 480))
const svg = (more: string) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 48">${more}</svg>`

describe('a picture tells its own size', () => {
  test.each([
    ['png', png, 640, 480],
    ['jpg', jpg, 640, 300],
    ['webp', webpLossy, 640, 480],
    ['webp', webpLossless, 640, 480],
    ['webp', webpExtended, 640, 480],
    ['avif', avif, 640, 480],
    ['svg', Buffer.from(svg('')), 64, 48],
    ['svg', Buffer.from('<svg width="12px" height=\'8\' viewBox="0 0 1 1"/>'), 12, 8],
  ])('%s', (type, picture, width, height) => {
    expect(sizeOf(picture)).toEqual({ type, width, height })
  })

  test('cut off or made up, it is none and nothing breaks', () => {
    for (const whole of [png, jpg, webpLossy, webpLossless, webpExtended, avif])
      for (let end = 0; end < whole.length - 3; end++) sizeOf(whole.subarray(0, end))
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), noise => void sizeOf(Buffer.from(noise))))
  })
})

const show = (words: string, name = 'square.svg') => `![${words}](pictures/${name})`

test('a picture that is there and said in words is sound in a lesson, a stem, an option and feedback', () => {
  const shown = show('A green square')
  const changes = {
    'pictures/square.svg': square,
    ...ending(lesson, shown),
    ...edited(quiz, 'What do you do?', `What do you do? ${shown}`),
  }
  expect(told(changes)).toEqual({ problems: [], warnings: [] })
  const { content } = readContent(contentFolder(changes))
  expect(content!.pictures.get('square.svg')).toMatchObject({ width: 24, height: 16, type: 'svg' })
  expect(content!.pictures.get('square.svg')!.href).toMatch(/^\/pictures\/square\.[0-9a-f]{16}\.svg$/)
})

test('a picture that changes has another address, and the content another fingerprint', () => {
  const read = (color: string) =>
    readContent(contentFolder({ 'pictures/square.svg': square.replace('green', color) })).content!
  const [green, blue] = [read('green'), read('blue')]
  expect(green.pictures.get('square.svg')!.href).not.toBe(blue.pictures.get('square.svg')!.href)
  expect(green.fingerprint).not.toBe(blue.fingerprint)
})

describe('an author is told of a picture', () => {
  const there = { 'pictures/square.svg': square }
  test.each([
    [
      'that says nothing',
      show(''),
      "the picture 'pictures/square.svg' says nothing to those who can't see it.",
    ],
    [
      'that says only that it is one',
      show('Screenshot'),
      "'Screenshot' tells nobody what the picture shows.",
    ],
    ['that is called by its file', show('square.svg'), "'square.svg' tells nobody what the picture shows."],
    [
      'that is not there',
      show('A square', 'sqare.svg'),
      "there is no picture 'sqare.svg' in content/pictures/. Did you mean 'square.svg'?",
    ],
    [
      'from elsewhere',
      '![A cat](https://example.org/cat.png)',
      "'https://example.org/cat.png' is no picture of ours. Put it into content/pictures/",
    ],
  ])('%s', (_, text, sentence) => {
    expect(told({ ...there, ...ending(lesson, text) }).problems).toContainEqual(
      expect.stringContaining(sentence),
    )
  })

  test.each([
    ['with a name that is none', 'Flow Chart.png', png, "'Flow Chart.png' is no name for a picture."],
    ['of another kind than its name', 'flow.jpg', png, 'is a picture of the kind png. Name it flow.png.'],
    [
      'that can’t be read',
      'flow.png',
      Buffer.from('nothing'),
      'is no png that can be read. Export it again.',
    ],
    [
      'that is too large',
      'flow.png',
      Buffer.concat([png, Buffer.alloc(301 * 1024)]),
      'has 302 KB, and 300 KB is the most.',
    ],
  ])('%s', (_, name, picture, sentence) => {
    expect(told({ [`pictures/${name}`]: picture }).problems).toEqual([
      expect.stringContaining(`pictures/${name}:1: ${sentence}`),
    ])
  })

  test.each([
    '<script>alert(1)</script>',
    '<svg:script>alert(1)</svg:script>',
    '<rect onload="alert(1)"/>',
    '<foreignObject><p>x</p></foreignObject>',
    '<a href="javascript:alert(1)"><text>x</text></a>',
    '<image href="https://example.org/x.png"/>',
    '<use xlink:href="//example.org/x.svg#a"/>',
    '<style>@import url(https://example.org/x.css)</style>',
    '<style>rect { fill: url(https://example.org/x) }</style>',
  ])('an SVG that does more than be looked at: %s', active => {
    expect(told({ 'pictures/flow.svg': svg(active) }).problems).toEqual([
      expect.stringContaining('pictures/flow.svg:1: can do more than be looked at.'),
    ])
  })

  test('an SVG that refers to itself is only looked at', () => {
    const own = '<linearGradient id="a"/><rect fill="url(#a)"/><use href="#a"/>'
    expect(told({ 'pictures/flow.svg': svg(own) }).problems).toEqual([])
  })

  test('that no text shows, which is no mistake', () => {
    expect(told(there)).toEqual({
      problems: [],
      warnings: ['pictures/square.svg:1: no text shows this picture. Show it, or take it away.'],
    })
  })
})
