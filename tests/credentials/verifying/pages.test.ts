import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { rateLimit } from '../../../db/schema/people.ts'
import { content } from '../../../src/authoring/content.ts'
import { revokeBadge } from '../../../src/badges/revoke.ts'
import { verificationAnswer } from '../../../src/credentials/verifying/answer.ts'
import { sentAs } from '../../../src/credentials/verifying/read-asked.ts'
import { checkNames } from '../../../src/credentials/verifying/verification.ts'
import { signHead } from '../../../src/record/heads.ts'
import { siteSigner } from '../../../src/record/signer.ts'
import { xssCorpus } from '../../authoring/xss-corpus.ts'
import { addAdmin, addTrainee } from '../../support/cast.ts'
import { testSite } from '../../support/site.ts'
import { certify } from '../certificate.ts'
import { hostileFiles } from '../hostile-files.ts'

// What the site notes at any level comes to the test's own output: nothing may be noted that was brought.
const origin = 'https://training.example.org'
const site = await testSite({ ORIGIN: origin })
const { db } = site
const hope = await addTrainee(db, { handle: 'hope', displayName: 'Hope أمل', namedOnCertificates: true })
const code = await certify(db, hope)
await signHead(db, siteSigner())
const folder = mkdtempSync(join(tmpdir(), 'trellis-verify-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})
// Nobody checks as much in a minute as all these together.
beforeEach(() => db.delete(rateLimit))

const kept = { json: 'credential.json', jwt: 'credential.jwt', png: 'badge.png', svg: 'badge.svg' } as const
type Kind = keyof typeof kept
const file = async (kind: Kind, of = code) =>
  new Uint8Array(await (await site.get(`/certificates/${of}/${kept[kind]}`)).arrayBuffer())

type Fields = Record<string, string | Uint8Array>
function formOf(fields: Fields): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields))
    form.append(name, typeof value === 'string' ? value : new Blob([new Uint8Array(value)]))
  return form
}
const post = (fields: Fields) => site.get('/verify', undefined, { method: 'POST', body: formOf(fields) })
const heading = (page: string) => /<h1[^>]*>([^<]*)/.exec(page)?.[1]

const api = '/api/v1/verify'
/** As a program asks: no cookie, no origin. */
const ask = (path: string, init: RequestInit = {}) => fetch(site.origin + path, init)
const sent = (fields: Fields) => ask(api, { method: 'POST', body: formOf(fields) })
const answerIn = async (answer: Response) => verificationAnswer.parse(await answer.json())

describe('the page', () => {
  test('is there for anybody, and can be found by search engines', async () => {
    const page = await (await site.get('/verify')).text()
    expect(heading(page)).toBe('Check a certificate')
    expect(page).not.toContain('noindex')
    for (const path of ['/', '/sign-in', `/certificates/${code}`])
      expect(await (await site.get(path)).text()).toContain('href="/verify')
  })

  test('gives a link or a code that was posted an address to pass on', async () => {
    for (const text of [code, ` ${origin}/certificates/${code}/ `]) {
      const answer = await post({ text, file: '' })
      expect(answer.status).toBe(303)
      expect(answer.headers.get('location')).toBe(`/verify?code=${code}`)
    }
    const page = await (await site.get(`/verify?code=${code}`)).text()
    expect(heading(page)).toBe('This certificate is valid')
    expect(page).toContain('Hope أمل')
    expect(page).toContain('noindex')
  })

  test.each(Object.keys(kept) as Kind[])('takes a %s file, and pasted text', async kind => {
    for (const how of ['file', 'text'] as const) {
      if (how === 'text' && kind === 'png') continue
      const given = await file(kind)
      const value = how === 'text' ? new TextDecoder().decode(given) : given
      const answer = await post({ [how]: value })
      expect(answer.status).toBe(200)
      expect(heading(await answer.text())).toBe('This certificate is valid')
    }
  })

  test('compares an address that was typed, and shows it nowhere', async () => {
    for (const [email, said] of [
      ['hope@example.org', 'It was made out to the address that you typed.'],
      ['fern@example.org', 'It was not made out to the address that you typed.'],
    ] as const)
      for (const brought of [{ text: code }, { text: new TextDecoder().decode(await file('json')) }]) {
        const page = await (await post({ ...brought, email })).text()
        expect(page).toContain(said)
        expect(page).not.toContain(email)
      }
    const answer = await post({ text: code, email: 'hope' })
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain('Please type the whole e-mail address')
  })

  test.each<[string, Fields, number, string]>([
    ['nothing', { text: '', file: '' }, 400, 'Please paste a link or a code, or choose a file.'],
    ['two things', { text: 'a', file: new Uint8Array([1]) }, 400, 'one thing at a time'],
    ['more than a megabyte', { file: new Uint8Array(2_000_000) }, 413, 'This is more than 1 MB'],
    ['a code that nobody has', { text: 'A'.repeat(22), email: 'a@b.c' }, 404, 'This certificate is unknown'],
    ['some words', { text: 'hello there' }, 400, 'neither a link, nor a code'],
  ])('says of %s what to do', async (_, fields, status, sentence) => {
    const answer = await post(fields)
    expect(answer.status).toBe(status)
    expect(await answer.text()).toContain(sentence)
  })

  test('gives back what was pasted and could not be read', async () => {
    expect(await (await post({ text: 'hello "there" <b>' })).text()).toContain(
      'value="hello &quot;there&quot; <b>"',
    )
  })

  test('takes no form from another site', async () => {
    const answer = await ask('/verify', { method: 'POST', body: formOf({ text: code }) })
    expect(answer.status).toBe(403)
  })

  test('is asked so often from one address and no more, as is the API', async () => {
    await db.insert(rateLimit).values(
      ['127.0.0.1', '::1', '::ffff:127.0.0.1'].map(address => ({
        ...{ key: `verify:${address}`, points: 1000 },
        resetsAt: new Date(Date.now() + 60_000),
      })),
    )
    expect((await post({ text: code })).status).toBe(429)
    expect((await ask(`${api}?code=${code}`)).status).toBe(429)
    expect((await site.get(`/verify?code=${code}`)).status).toBe(200)
  })
})

describe('a hostile file', () => {
  test.each(hostileFiles.filter(([, one]) => one.length < 900_000 && one.length > 0))(
    '%s is refused in a sentence, on the page and by the API',
    async (_, one, sentence) => {
      const answer = await post({ file: one })
      expect(answer.status).toBe(400)
      const page = await answer.text()
      expect(heading(page)).toBe('This can’t be read')
      expect(page).toContain(sentence)
      const told = await sent({ file: one })
      expect(told.status).toBe(400)
      expect(await answerIn(told)).toMatchObject({ verdict: 'unreadable', certificate: null })
    },
  )

  test.each([
    ['a megabyte of spaces', new TextEncoder().encode(`{${' '.repeat(1_000_000)}}`)],
    ['lists in lists', new TextEncoder().encode(`{"a":${'['.repeat(400_000)}${']'.repeat(400_000)}}`)],
    ['huge numbers', new TextEncoder().encode(`{"a":${'9'.repeat(900_000)}}`)],
    ['a hundred thousand names', new TextEncoder().encode(`{"a":{${'"a":1,'.repeat(100_000)}"b":1}}`)],
    ['one long string', new TextEncoder().encode(`{"a":"${'\\\\"'.repeat(300_000)}"}`)],
  ])('%s is refused before anybody has waited long', async (_, one) => {
    const began = performance.now()
    expect((await post({ file: one })).status).toBe(400)
    expect(performance.now() - began).toBeLessThan(3000)
  })

  test('of another issuer is words and never markup, from right to left in its own place', async () => {
    const page = async (payload: string) => {
      const made = {
        '@context': ['https://www.w3.org/ns/credentials/v2'],
        type: ['VerifiableCredential', 'OpenBadgeCredential'],
        id: payload,
        issuer: { id: payload, name: payload },
        credentialSubject: {
          identifier: [{ hashed: false, identityType: 'name', identityHash: payload }],
          achievement: { name: payload, description: payload },
        },
        proof: { verificationMethod: payload },
      }
      await db.delete(rateLimit)
      const answer = await post({ file: new TextEncoder().encode(JSON.stringify(made)) })
      expect(answer.status).toBe(200)
      return answer.text()
    }
    for (const payload of xssCorpus) {
      const own = (await page(payload))
        .replaceAll(/<script type="module" src="\/_astro\/[\w.@-]+"><\/script>/g, '')
        .replaceAll(/"[^"]*"/g, '""')
      expect(own).not.toMatch(/<script|<img|<svg[^>]*onload|<iframe|<body onload/i)
    }
    const long = await page(`\u202Eأمل🌱${'x'.repeat(2000)}`)
    expect(long).toMatch(/<bdi>\u202Eأمل🌱x{100,120}…<\/bdi>/)
    expect(heading(long)).toBe('This is not from us')
  })
})

describe('the API', () => {
  test('answers in JSON what the page says, to anybody’s program', async () => {
    const answer = await ask(`${api}?code=${code}`)
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(await answerIn(answer)).toMatchObject({
      ...{ verdict: 'valid', brought: 'code' },
      certificate: {
        code,
        holder: 'Hope أمل',
        badge: { id: 'moderator', title: 'Moderator' },
        override: true,
      },
      log: { entries: [1] },
    })
    expect((await answerIn(await ask(`${api}?code=${origin}/certificates/${code}`))).verdict).toBe('valid')
  })

  test.each(sentAs)('takes a file by itself as %s', async type => {
    const kind = type.endsWith('jwt')
      ? 'jwt'
      : type.endsWith('png')
        ? 'png'
        : type.includes('svg')
          ? 'svg'
          : 'json'
    const told = await ask(api, {
      method: 'POST',
      headers: { 'content-type': type },
      body: new Uint8Array(await file(kind)),
    })
    const answer = await answerIn(told)
    expect(answer).toMatchObject({ verdict: 'valid', brought: kind })
    expect(answer.checks.map(({ name }) => name)).toEqual(checkNames)
  })

  test('takes a form, with an address to compare', async () => {
    const answer = await answerIn(await sent({ file: await file('png'), email: 'HOPE@example.org' }))
    expect(answer.checks.at(-1)).toMatchObject({ name: 'recipient', outcome: 'passed' })
  })

  test.each<[string, RequestInit & { path?: string }, number]>([
    ['no code', { path: api }, 400],
    ['rubbish for a code', { path: `${api}?code=x` }, 400],
    ['a code that nobody has', { path: `${api}?code=${'A'.repeat(22)}` }, 404],
    ['no body', { method: 'POST' }, 415],
    ['plain text', { method: 'POST', body: 'a' }, 415],
    ['too much', { method: 'POST', body: formOf({ file: new Uint8Array(2_000_000) }) }, 413],
    [
      'a form that is none',
      { method: 'POST', body: 'a', headers: { 'content-type': 'multipart/form-data; boundary=x' } },
      400,
    ],
  ])('answers %s as it describes itself', async (_, { path = api, ...init }, status) => {
    const answer = await ask(path, init)
    expect(answer.status).toBe(status)
    const { paths } = (await (await ask('/api/v1/openapi.json')).json()) as Described
    const { content: shape } = paths[api]![init.method === 'POST' ? 'post' : 'get'].responses[status]!
    z.fromJSONSchema(shape['application/json'].schema).parse(await answer.json())
  })
  interface Described {
    paths: Record<
      string,
      Record<
        'get' | 'post',
        {
          responses: Record<
            number,
            { content: { 'application/json': { schema: z.core.JSONSchema.JSONSchema } } }
          >
        }
      >
    >
  }

  test('says the same of a certificate before and after it was revoked, but for the verdict', async () => {
    const fern = await addTrainee(db, { handle: 'fern' })
    const other = await certify(db, fern)
    const before = await file('svg', other)
    expect((await answerIn(await sent({ file: before }))).verdict).toBe('valid')
    const admin = await addAdmin(db)
    const why = { personId: fern.id, badge: 'moderator', reasonClass: 'conduct', reason: 'Secret.' }
    await db.transaction(tx => revokeBadge(tx, content(), admin, why))
    const after = await answerIn(await sent({ file: before }))
    expect(after.verdict).toBe('revoked')
    expect(after.certificate?.endedAt).not.toBeNull()
    expect(JSON.stringify(after)).not.toContain('Secret')
  })
})

describe('the operator’s command', () => {
  async function run(path: string, ...args: string[]) {
    const env = { ...process.env, DATABASE_URL: site.url, ORIGIN: origin }
    const all = ['src/cli/main.ts', 'credential', 'verify', path, ...args]
    return promisify(execFile)(process.execPath, all, { env }).catch(
      (error: unknown) => error as { stdout: string; stderr: string; code: number },
    )
  }
  const write = (name: string, what: string | Uint8Array) => {
    writeFileSync(join(folder, name), what)
    return join(folder, name)
  }

  test('says that a file is valid, and to whom it was made out', async () => {
    const sound = write('badge.png', await file('png'))
    expect(await run(sound, '--email', 'hope@example.org')).toMatchObject({
      stdout: expect.stringMatching(/^This certificate is valid\.[^]*recipient: passed/) as string,
    })
    expect(await run(sound, '--email', 'fern@example.org')).toMatchObject({
      ...{ code: 1, stderr: expect.stringContaining('recipient: failed') as string },
    })
  })

  test('names the check that fails, and exits with 1', async () => {
    const text = new TextDecoder().decode(await file('json'))
    const altered = write('altered.json', text.replace('Moderator', 'Mentor'))
    expect(await run(altered)).toMatchObject({
      ...{ code: 1, stdout: '', stderr: expect.stringContaining('unchanged: failed') as string },
    })
    const { stdout } = await run(altered, '--json')
    expect(verificationAnswer.parse(JSON.parse(stdout)).verdict).toBe('altered')
    expect((await run(write('none.txt', 'nothing'))).stderr).toContain('readable: failed')
    expect((await run(join(folder, 'missing'))).stderr).toContain('can’t be read (ENOENT).')
  })
})
