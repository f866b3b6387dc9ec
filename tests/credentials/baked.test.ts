import { readFileSync } from 'node:fs'
import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { emblems, tints } from '../../src/badges/badge.ts'
import { printedTints } from '../../src/badges/emblem-picture.ts'
import { bakedPng, bakedSvg, drawnPng } from '../../src/credentials/baked/bake.ts'
import { bakePng } from '../../src/credentials/baked/png.ts'
import { readBaked } from '../../src/credentials/baked/read-baked.ts'
import { Unbaked } from '../../src/credentials/baked/unbaked.ts'
import { xssCorpus } from '../authoring/xss-corpus.ts'
import { chunk, compressed, hostileFiles, keyword, withChunks } from './hostile-files.ts'

const look = { emblem: 'shield', tint: 'sky' } as const
const json = JSON.stringify({ name: 'Hope أمل 🌱', odd: ']]> <!-- & "' })
const token = 'eyJhbGciOiJFZERTQSJ9.e30.c2ln'
const blank = await drawnPng(look)
const bytes = (text: string) => new TextEncoder().encode(text)

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
  test.each(hostileFiles)('%s', (_, file, sentence) => {
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
