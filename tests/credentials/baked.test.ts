import { readFileSync } from 'node:fs'
import { crc32, deflateSync } from 'node:zlib'
import fc from 'fast-check'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { emblems, tints } from '../../src/badges/badge.ts'
import { printedTints } from '../../src/badges/emblem-picture.ts'
import { bakedPng, bakedSvg, drawnPng } from '../../src/credentials/baked/bake.ts'
import { bakePng } from '../../src/credentials/baked/png.ts'
import { readBaked } from '../../src/credentials/baked/read-baked.ts'
import { mostBytes, Unbaked } from '../../src/credentials/baked/unbaked.ts'
import { xssCorpus } from '../authoring/xss-corpus.ts'

const look = { emblem: 'shield', tint: 'sky' } as const
const json = JSON.stringify({ name: 'Hope أمل 🌱', odd: ']]> <!-- & "' })
const token = 'eyJhbGciOiJFZERTQSJ9.e30.c2ln'
const blank = await drawnPng(look)
const bytes = (text: string) => new TextEncoder().encode(text)

/** A chunk of a PNG, written from the standard. */
function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** Our picture with these chunks after its first. */
const withChunks = (...chunks: Buffer[]) =>
  Buffer.concat([Buffer.from(blank).subarray(0, 33), ...chunks, Buffer.from(blank).subarray(33)])

const keyword = Buffer.from('openbadgecredential\0')
const compressed = (text: Uint8Array) =>
  chunk('iTXt', Buffer.concat([keyword, Buffer.from([1, 0, 0, 0]), deflateSync(text)]))

describe('a badge with a credential in it', () => {
  test.each([json, token, ...xssCorpus.slice(0, 20).map(text => JSON.stringify({ text }))])(
    'gives back what was baked in, as a PNG and as an SVG: %s',
    async text => {
      expect(readBaked(await bakedPng(look, text))).toBe(text)
      expect(readBaked(bytes(bakedSvg(look, text)))).toBe(text)
    },
  )

  test('is still a picture, the same as without, and another reader of PNG finds the credential', async () => {
    const baked = await bakedPng(look, json)
    expect(await sharp(baked).raw().toBuffer()).toEqual(await sharp(blank).raw().toBuffer())
    expect((await sharp(baked).metadata()).comments).toEqual([{ keyword: 'openbadgecredential', text: json }])
  })

  test('as an SVG is drawn as without', async () => {
    const drawn = await sharp(bytes(bakedSvg(look, json)))
      .raw()
      .toBuffer()
    expect(drawn).toEqual(await sharp(blank).raw().toBuffer())
  })

  test('carries one credential, also when it carried another before', async () => {
    expect(readBaked(bakePng(await bakedPng(look, '{"old":1}'), json))).toBe(json)
  })

  test.each([
    ['compressed in iTXt', compressed(bytes(json))],
    [
      'compressed in zTXt',
      chunk('zTXt', Buffer.concat([keyword, Buffer.from([0]), deflateSync(bytes(json))])),
    ],
    [
      'with a language and a translated keyword',
      chunk('iTXt', Buffer.concat([keyword, Buffer.from('\0\0en\0Ausweis\0'), bytes(json)])),
    ],
  ])('of another baker is read as well: %s', (_, text) => {
    expect(readBaked(withChunks(text))).toBe(json)
  })

  test('is drawn in the tints of our pages', () => {
    const css = readFileSync('src/badges/badge.css', 'utf8')
    const written = css.matchAll(/\.tint-(\w+) \{\s*--tint: light-dark\(oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)/g)
    const expected = Object.fromEntries(
      [...written].map(([, tint = '', ...numbers]) => [
        tint,
        hex(...(numbers.map(Number) as [number, number, number])),
      ]),
    )
    expect(printedTints).toEqual(expected)
  })

  test('is drawn for every emblem in every tint', async () => {
    for (const emblem of emblems)
      for (const tint of tints) expect((await drawnPng({ emblem, tint })).length).toBeGreaterThan(2000)
  })
})

describe('a hostile file is refused in a sentence', () => {
  const bomb = deflateSync(Buffer.alloc(50 * mostBytes))
  const svg = (inside: string) => bytes(`<svg xmlns="http://www.w3.org/2000/svg">${inside}</svg>`)
  const ours = '<o:credential xmlns:o="https://purl.imsglobal.org/ob/v3p0">'
  test.each<[string, Uint8Array, string]>([
    ['nothing', bytes(''), 'This is no credential'],
    ['a picture without a credential', blank, 'There is no credential in this picture.'],
    ['a PNG cut short', blank.slice(0, 300), 'This picture is not whole.'],
    ['a damaged PNG', Buffer.from(blank).fill(7, 60, 90), 'This picture is damaged'],
    ['two credentials', withChunks(compressed(bytes('{}')), compressed(bytes('{}'))), 'more than one'],
    [
      'a bomb in iTXt',
      withChunks(chunk('iTXt', Buffer.concat([keyword, Buffer.from([1, 0, 0, 0]), bomb]))),
      'too large',
    ],
    [
      'a bomb in zTXt',
      withChunks(chunk('zTXt', Buffer.concat([keyword, Buffer.from([0]), bomb]))),
      'too large',
    ],
    [
      'rubbish where it is compressed',
      withChunks(chunk('zTXt', Buffer.concat([keyword, Buffer.from([0, 1, 2])]))),
      'can’t be unpacked',
    ],
    [
      'a credential that is not text',
      withChunks(chunk('tEXt', Buffer.concat([keyword, Buffer.from([0xff, 0xfe])]))),
      'is not text',
    ],
    [
      'ten thousand parts',
      withChunks(...Array<Buffer>(10_001).fill(chunk('tEXt', bytes('a\0b')))),
      'too many parts',
    ],
    [
      'entities',
      bytes('<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>'),
      'document type',
    ],
    ['an entity nobody defined', svg('&a;'), 'no SVG picture that can be read'],
    ['an SVG without a credential', svg(''), 'no credential'],
    ['an SVG with two', svg(`${ours}{}</o:credential>`.repeat(2)), 'more than one'],
    ['an SVG deep in itself', svg('<g>'.repeat(200) + '</g>'.repeat(200)), 'too deep'],
    ['an SVG cut short', svg(`${ours}{}`).slice(0, -6), 'no SVG picture that can be read'],
    ['another kind of XML', bytes('<html xmlns="http://www.w3.org/1999/xhtml"/>'), 'no SVG picture'],
    ['six megabytes', new Uint8Array(6 * 1024 * 1024), 'larger than 5 MB'],
    ['two megabytes of JSON', bytes(`{${' '.repeat(2 * mostBytes)}}`), 'more than any credential takes'],
    ['a program', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0xff]), 'This is no credential'],
  ])('%s', (_, file, sentence) => {
    expect(() => readBaked(file)).toThrow(Unbaked)
    expect(() => readBaked(file)).toThrow(sentence)
  })

  test('whatever the bytes, they are read or refused, and nothing else breaks', () => {
    const start = fc.constantFrom(
      Buffer.from(blank),
      withChunks(compressed(bytes(json))),
      Buffer.from(bakedSvg(look, json)),
    )
    const change = fc.tuple(fc.nat(), fc.uint8Array({ maxLength: 12 }))
    fc.assert(
      fc.property(
        fc.oneof(start, fc.uint8Array({ maxLength: 400 })),
        fc.array(change, { maxLength: 4 }),
        (file, changes) => {
          const changed = Buffer.from(file)
          for (const [at, values] of changes)
            changed.set(values.slice(0, changed.length), at % Math.max(1, changed.length - 12))
          try {
            expect(typeof readBaked(changed)).toBe('string')
          } catch (error) {
            expect(error).toBeInstanceOf(Unbaked)
          }
        },
      ),
      { numRuns: 500 },
    )
  })
})

/** OKLCH in sRGB. Source: CSS Color 4, section 10 and the sample code of its appendix. */
function hex(lightness: number, chroma: number, hue: number): string {
  const [a, b] = [chroma * Math.cos((hue * Math.PI) / 180), chroma * Math.sin((hue * Math.PI) / 180)]
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
  const part = (value: number) => {
    const kept = Math.min(1, Math.max(0, value))
    const gamma = kept <= 0.0031308 ? 12.92 * kept : 1.055 * kept ** (1 / 2.4) - 0.055
    return Math.round(gamma * 255)
      .toString(16)
      .padStart(2, '0')
  }
  return `#${linear.map(part).join('')}`
}
