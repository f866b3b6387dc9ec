import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { expect, test } from 'vitest'
import type { Certified } from '../../src/credentials/credential.ts'
import { certificatePdf } from '../../src/credentials/pdf/certificate-pdf.ts'
import { xssCorpus } from '../authoring/xss-corpus.ts'

const origin = 'https://training.example.org'
const code = 'abcdefghijklmnopqrstuv'
const address = `${origin}/certificates/${code}`

/** A certificate as it is read again by another library. */
async function read(changes: Partial<Certified> & { title?: string; summary?: string } = {}) {
  const { title = 'Moderator', summary = 'Keeps support rooms safe and kind.', ...rest } = changes
  const certified: Certified = {
    ...{ code, badge: 'moderator', grantedAt: new Date('2026-11-01T10:00:00Z'), expiresOn: null },
    ...{ email: 'hope@example.org', name: 'Hope Adeyemi', ageBand: 'adult', salt: 's', now: undefined },
    place: { list: 0, index: 1 },
    granted: {
      ...{ title: { adult: title, teen: title }, summary, words: { text: 'All of these', parts: [] } },
      criteria: { kind: 'all', criteria: [] },
    },
    ...rest,
  }
  const look = { emblem: 'shield', tint: 'sky' } as const
  const bytes = await certificatePdf(certified, { issuer: { name: 'Our community' }, origin, look })
  const pdf = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise
  const page = await pdf.getPage(1)
  const { items } = await page.getTextContent()
  return {
    ...{ bytes, pdf, page },
    text: items.map(item => ('str' in item ? item.str : '')).join(''),
    tree: JSON.stringify(await page.getStructTree()),
  }
}

test('a certificate is one page of A4 that says whose it is, for what, since when, and where to check it', async () => {
  const { pdf, page, text } = await read({ expiresOn: '2027-11-01' })
  expect(pdf.numPages).toBe(1)
  expect(page.view.map(Math.round)).toEqual([0, 0, 595, 842])
  for (const words of [
    'Our community',
    'Hope Adeyemi',
    'Moderator',
    'Granted on 1 November 2026, valid until 1 November 2027',
    address,
  ])
    expect(text).toContain(words)
  const links = (await page.getAnnotations()) as { url?: string; contentsObj?: { str: string } }[]
  expect(links.map(({ url, contentsObj }) => [url, contentsObj?.str])).toEqual([[address, address]])
})

test('a screen reader is told its language, its title, its heading and what the pictures show', async () => {
  const { pdf, tree } = await read()
  const { info, metadata } = await pdf.getMetadata()
  expect(info).toMatchObject({ Title: 'Moderator, a certificate of Our community', Language: 'en-GB' })
  expect((metadata as unknown as { getRaw: () => string }).getRaw()).toContain('pdfuaid')
  expect([...((await pdf.getMarkInfo()) as unknown as Map<string, boolean>)]).toContainEqual(['Marked', true])
  expect(tree).toContain('"role":"H1"')
  expect(tree).toContain('"type":"annotation"')
  expect(tree).toContain('The badge Moderator')
  expect(tree).toContain(`A code that leads to ${address}`)
})

test('a certificate without a name says so kindly', async () => {
  const { text } = await read({ name: null, ageBand: null })
  expect(text).toContain('The holder of this certificate has earned the badge')
  expect(text).not.toContain('Hope')
})

test.each([
  ['Latin', 'Zoë Łódzka-Nguyễn'],
  ['Cyrillic', 'Надежда'],
  ['Greek', 'Πηνελόπη'],
  ['Arabic', 'أمل بنت محمد'],
  ['Hebrew', 'תקווה'],
  ['Devanagari', 'आशा'],
  ['Thai', 'ที่รัก'],
  ['two ways of writing', 'Hope أمل Łódź'],
])('a name in %s is drawn, and every font is within', async (_, name) => {
  const { text, pdf, page } = await read({ name })
  const letters = (words: string) =>
    Array.from(words.normalize('NFC').replaceAll(/\s/g, '')).toSorted().join('')
  const drawn = letters(text)
  for (const letter of letters(name.normalize('NFC')).replaceAll(/\p{M}/gu, ''))
    expect(drawn).toContain(letter)
  await page.getOperatorList()
  expect(pdf.numPages).toBe(1)
})

// The name's first letter says from which side all of it reads: the second begins at the right.
test.each(['Hope أمل', 'أمل Hope'])('“%s” is drawn as its readers expect it', async name => {
  const { page } = await read({ name })
  const { items } = await page.getTextContent()
  const xOf = (words: string) => {
    const item = items.find(one => 'str' in one && one.str.includes(words))
    return item && 'transform' in item ? (item.transform as number[])[4]! : NaN
  }
  expect(xOf('Hope')).toBeLessThan(xOf('ل'))
  expect(xOf('ل')).toBeLessThanOrEqual(xOf('أ'))
})

test('letters that no font has are left out, and the rest stands', async () => {
  const { text } = await read({ name: 'Hope 🌱🌱 希望 Adeyemi' })
  expect(text).toContain('Hope Adeyemi')
})

test.each([
  ['a name of 80 letters without a space', { name: 'W'.repeat(80) }],
  ['a name of nothing that can be drawn', { name: '🌱🌱' }],
  [
    'a long title and a long summary',
    { title: 'Supercalifragilistic '.repeat(3).slice(0, 60), summary: 'word '.repeat(32).trim() },
  ],
  ...xssCorpus.slice(0, 10).map((text): [string, Partial<Certified>] => [text, { name: text.slice(0, 80) }]),
])('%s stays within its one page', async (_, changes) => {
  const { pdf, page } = await read(changes)
  expect(pdf.numPages).toBe(1)
  const { items } = await page.getTextContent()
  for (const item of items)
    if ('transform' in item && item.str.trim()) {
      const [x, y] = [(item.transform as number[])[4]!, (item.transform as number[])[5]!]
      expect(x).toBeGreaterThan(52)
      expect(x + item.width).toBeLessThan(543)
      expect(y).toBeGreaterThan(52)
    }
})
