import fc from 'fast-check'
import { Buffer } from 'node:buffer'
import { expect, test } from 'vitest'
import { decode, mostBytes } from '../../../src/quizzes/exchange/decode.ts'
import { type ImportFormat, importFormats, importQuestions } from '../../../src/quizzes/exchange/import.ts'
import { packaged } from '../../../src/quizzes/exchange/qti3/package.ts'
import { Refusal } from '../../../src/quizzes/exchange/reading.ts'
import { readXml } from '../../../src/quizzes/exchange/markup/xml.ts'
import { zipped } from '../../../src/zip.ts'
import { aiken, gift, moodleXml, qti3 } from './samples.ts'

const bring = (bytes: Uint8Array, format: ImportFormat) =>
  importQuestions(bytes, format, { file: 'quiz.yaml', text: null }, () => true)

/** What the file is refused for, or what became of it; anything else thrown fails the test. */
function report(bytes: Uint8Array, format: ImportFormat) {
  try {
    return bring(bytes, format)
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

const refusal = (text: string | Uint8Array, format: ImportFormat = 'moodle-xml') => {
  const told = report(typeof text === 'string' ? Buffer.from(text) : text, format)
  expect(told).toBeInstanceOf(Refusal)
  return told as Refusal
}

const samples: Readonly<Record<ImportFormat, Buffer>> = {
  ...{ gift: Buffer.from(gift), aiken: Buffer.from(aiken), 'moodle-xml': Buffer.from(moodleXml) },
  qti3: packaged(
    Object.entries(qti3).map(([name, xml]) => ({ folder: 'items', name, xml, pictures: new Map() })),
  ),
}

const isReport = (told: ReturnType<typeof report>) => {
  if (told instanceof Refusal) expect(told.remedy).not.toBe('')
  else
    for (const skip of told.skipped)
      expect([skip.line > 0, skip.reason !== '', skip.remedy !== '']).toEqual([true, true, true])
}

test.each(importFormats)('whatever bytes somebody imports as %s, they get a report', format => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 400 }),
        fc.string({ unit: 'binary', maxLength: 400 }).map(text => Buffer.from(text)),
      ),
      bytes => {
        isReport(report(bytes, format))
      },
    ),
    { numRuns: 300 },
  )
})

test.each(importFormats)('a file of %s that was damaged on its way gets a report', format => {
  const whole = samples[format]
  const damage = fc.record({
    at: fc.nat(whole.length - 1),
    length: fc.nat(30),
    by: fc.uint8Array({ maxLength: 12 }),
  })
  fc.assert(
    fc.property(fc.array(damage, { minLength: 1, maxLength: 6 }), all => {
      const bytes = all.reduce(
        (sum, { at, length, by }) => Buffer.concat([sum.subarray(0, at), by, sum.subarray(at + length)]),
        whole,
      )
      isReport(report(bytes, format))
    }),
    { numRuns: 300 },
  )
})

const signs = [
  '{',
  '}',
  '=',
  '~',
  '::',
  '#',
  '%50%',
  '->',
  '\\',
  '\n',
  '[html]',
  '<b>',
  '<p',
  '"',
  '&',
  '<!--',
  '{1:SA:',
  ']]>',
  'ANSWER:',
  'A. ',
  '<',
]

test.each(importFormats)('signs that mean something to %s, in any order, get a report', format => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...signs), { maxLength: 60 }), all => {
      const text = all.join('')
      const around =
        format === 'moodle-xml'
          ? `<quiz><question type="cloze"><questiontext><text><![CDATA[${text.replaceAll(']]>', '')}]]></text></questiontext></question></quiz>`
          : text
      isReport(report(Buffer.from(around), format))
    }),
    { numRuns: 300 },
  )
})

test.each([
  '{',
  '}',
  '~',
  '=',
  '#',
  '::',
  '\\',
  '//',
  '<',
  '<b a="',
  '<!--',
  '&',
  '[html]',
  '%',
  '->',
  'A. ',
  '\n{',
  '\n\n{=',
  ...['*', '_', '`', '[', '![', '|', '> ', '- ', 'a@b.c ', 'http://a '],
])('a file that is nothing but %j gets a report, however long it is', sign => {
  const bytes = Buffer.from(sign.repeat(Math.floor(400_000 / sign.length)))
  for (const format of importFormats) isReport(report(bytes, format))
  for (const prefix of ['', '[html]<b>'])
    isReport(report(Buffer.from(`${prefix}Is it ${sign.repeat(19_000 / sign.length)} ? {T}`), 'gift'))
  const inside = `<quiz><question type="cloze"><questiontext format="html"><text>${sign.repeat(20_000 / sign.length).replace(/[<&]/g, one => (one === '<' ? '&lt;' : '&amp;'))}</text></questiontext></question></quiz>`
  isReport(report(Buffer.from(inside), 'moodle-xml'))
})

test('a file with a document type is refused with its line: it could declare entities without end', () => {
  const laughs =
    '<?xml version="1.0"?>\n<!DOCTYPE quiz [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>\n<quiz>&b;</quiz>'
  expect(refusal(laughs)).toMatchObject({
    message: 'the file declares a document type, which could hide anything',
    line: 2,
  })
  const outside = '<?xml version="1.0"?>\n\n<!DOCTYPE quiz SYSTEM "file:///etc/passwd">\n<quiz/>'
  expect(refusal(outside).line).toBe(3)
})

test('an entity that nobody declared, and XML that ends early, are refused with their line', () => {
  expect(refusal('<quiz>\n<question type="essay">&secret;</question></quiz>')).toMatchObject({ line: 2 })
  expect(refusal('<quiz>\n<question>').message).toContain('the XML is broken')
})

test('XML in itself a thousand times over is refused, not followed', () => {
  expect(refusal(`<quiz>${'<a>'.repeat(1000)}${'</a>'.repeat(1000)}</quiz>`).message).toContain('60 deep')
  const deep = `<quiz><question type="essay"><questiontext><text><![CDATA[${'<div>'.repeat(2000)}]]></text></questiontext></question><question type="truefalse"><questiontext><text><![CDATA[${'<div>'.repeat(2000)}]]></text></questiontext><answer fraction="100"><text>true</text></answer></question></quiz>`
  expect(bring(Buffer.from(deep), 'moodle-xml').skipped.map(({ reason }) => reason)).toEqual([
    expect.stringContaining('one’s own words'),
    'the HTML is nested more than 60 deep',
  ])
})

test('a name from the innards of objects is a name like any other', () => {
  const tree = readXml('<__proto__ constructor="a" __proto__="b"/>')
  expect(tree.attributes.constructor).toBe('a')
  expect(({} as Record<string, unknown>).b).toBeUndefined()
})

test('a file beyond five megabytes is refused, and a package that swells beyond it', () => {
  expect(refusal(Buffer.alloc(mostBytes + 1, 32), 'gift').message).toContain('5.0 MB')
  const bomb = zipped([{ name: 'a.xml', bytes: Buffer.alloc(mostBytes + 1, 32) }])
  expect(bomb.length).toBeLessThan(20_000)
  expect(refusal(bomb, 'qti3').message).toContain('come out of the package')
})

test('of more than five thousand questions the rest is told, each with its line', () => {
  const many = Array.from({ length: 5002 }, (_, index) => `Is it ${index}? {T}`).join('\n\n')
  const told = bring(Buffer.from(many), 'gift')
  expect([told.imported, told.skipped.length]).toEqual([5000, 2])
  expect(told.skipped[0]).toMatchObject({
    line: 10_001,
    reason: expect.stringContaining('5,000 questions') as string,
  })
})

const words = 'Wer sagt „Grüß Gott“? {=Señor – é}'

test.each([
  ['utf-8', Buffer.from(words), 'utf-8'],
  ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${words}`), 'utf-8'],
  ['UTF-16 as Windows writes it', Buffer.from(`\uFEFF${words}`, 'utf16le'), 'utf-16le'],
  ['UTF-16 without a mark', Buffer.from(words, 'utf16le'), 'utf-16le'],
  ['UTF-16 the other way round', Buffer.from(`\uFEFF${words}`, 'utf16le').swap16(), 'utf-16be'],
  [
    'Windows-1252',
    Buffer.from(words.replace('„', '\x84').replace('“', '\x93').replace('–', '\x96'), 'latin1'),
    'windows-1252',
  ],
])('a file in %s is read, and its encoding told', (_, bytes, encoding) => {
  expect(decode(bytes)).toEqual({ text: words, encoding })
})

test('the encoding that an XML declaration names is believed, and one that nobody knows is refused', () => {
  const declared = (name: string) =>
    Buffer.from(`<?xml version="1.0" encoding="${name}"?><quiz>caf\xe9</quiz>`, 'latin1')
  expect(decode(declared('ISO-8859-1')).text).toContain('café')
  expect(() => decode(declared('klingon'))).toThrow('nobody knows the encoding')
  expect(() => decode(declared('utf-8'))).toThrow('not the utf-8 that it says')
})

test('line ends of every system are the same lines', () => {
  for (const end of ['\n', '\r\n', '\r']) {
    const told = bring(Buffer.from(aiken.replaceAll('\n', end)), 'aiken')
    expect([told.imported, told.skipped.map(({ line }) => line)]).toEqual([2, [14, 18]])
  }
})
