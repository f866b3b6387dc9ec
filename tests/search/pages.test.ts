import { expect, test } from 'vitest'
import { xssCorpus } from '../authoring/xss-corpus.ts'
import { addTrainee, password } from '../support/cast.ts'
import { testSite } from '../support/site.ts'

const site = await testSite()
await addTrainee(site.db, { handle: 'seeker' })
const seeker = await site.visitor({ handle: 'seeker', password })

const ask = async (query: Record<string, string>, visitor = seeker) => {
  const answer = await site.get(`/search?${new URLSearchParams(query)}`, visitor)
  return { status: answer.status, text: await answer.text(), at: answer.headers.get('location') }
}
const nobody = await site.visitor()

/** A tag that the page itself draws, and nothing that runs. */
const ours =
  /^<\/?(?:main|h[1-3]|form|label|p|span|strong|div|input|button|a|bdi|ul|li|nav|section|mark|svg|path|circle)(?:\s(?!on)[a-z][\w-]*(?:="")?)*\s?\/?>$/

test('whatever is typed is shown as it was typed, and is never markup', async () => {
  for (const payload of xssCorpus.filter(text => !text.includes('\0'))) {
    const { status, text } = await ask({ q: payload }, nobody)
    expect(status, payload).toBe(200)
    const page = /<main[\s\S]*<\/main>/.exec(text)?.[0] ?? ''
    const tags = page.replace(/"[^"]*"/g, '""').match(/<[^>]*>/g) ?? []
    expect(tags.length, payload).toBeGreaterThan(5)
    for (const tag of tags) expect(tag, payload).toMatch(ours)
    expect(page, payload).not.toMatch(/href="(?!\/)/)
  }
})

test('queries that are no queries are answered with a sentence', async () => {
  const says: [string, RegExp][] = [
    ['x', /at least two letters/],
    ['…!?', /type a word/],
    ['the and of', /nearly everything/],
    ['-spam', /beside those to leave out/],
    ['word '.repeat(60), /more than a search can take/],
    ['🌱', /type a word/],
    ["'); drop table post; --", /Nothing was found|results|Guides/],
    ['((((( & | ! <-> :*', /type a word/],
    ['\uD800 half a sign', /./],
  ]
  for (const [q, sentence] of says) {
    const { status, text } = await ask({ q })
    expect(status, q).toBe(200)
    expect(text, q).toMatch(sentence)
  }
})

test('addresses that ask for what is not there lead on, or show everything', async () => {
  expect((await ask({ q: 'room', in: 'guides', after: '9000' })).at).toBe('/search?q=room&in=guides')
  expect((await ask({ q: 'room', in: 'nothing', after: '-1' })).status).toBe(200)
  const asGuest = await ask({ q: 'room', in: 'posts' }, nobody)
  expect(asGuest.text).toContain('to search what people have written, too')
  expect(asGuest.text).toContain('<mark>')
})

test('whoever searches without end is asked to wait, and others are not', async () => {
  const answers = []
  for (let tries = 0; tries < 62; tries++) answers.push((await ask({ q: 'room' })).status)
  expect(answers.at(-1)).toBe(429)
  expect((await ask({ q: 'room' }, nobody)).status).toBe(200)
})
