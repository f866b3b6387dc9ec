import { crc32, deflateSync } from 'node:zlib'
import { drawnPng } from '../../src/credentials/baked/bake.ts'
import { mostBytes } from '../../src/credentials/baked/unbaked.ts'

const blank = await drawnPng({ emblem: 'shield', tint: 'sky' })
const bytes = (text: string) => new TextEncoder().encode(text)

/** A chunk of a PNG, written from the standard. */
export function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** Our picture with these chunks after its first. */
export const withChunks = (...chunks: Buffer[]) =>
  Buffer.concat([Buffer.from(blank).subarray(0, 33), ...chunks, Buffer.from(blank).subarray(33)])

export const keyword = Buffer.from('openbadgecredential\0')
export const compressed = (text: Uint8Array) =>
  chunk('iTXt', Buffer.concat([keyword, Buffer.from([1, 0, 0, 0]), deflateSync(text)]))

const bomb = deflateSync(Buffer.alloc(50 * mostBytes))
const svg = (inside: string) => bytes(`<svg xmlns="http://www.w3.org/2000/svg">${inside}</svg>`)
const ours = '<o:credential xmlns:o="https://purl.imsglobal.org/ob/v3p0">'

/** Files that are no certificate, however they try: what they are, and words of the sentence that refuses them. */
export const hostileFiles: [string, Uint8Array, string][] = [
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
]
