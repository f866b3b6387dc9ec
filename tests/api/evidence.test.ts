import { beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '../../src/people/person.ts'
import { practiceCounts } from '../../src/practice/own-practice.ts'
import { makeToken, openToken, revokeToken } from '../../src/api/tokens.ts'
import { addTrainee } from '../support/cast.ts'
import { testSite } from '../support/site.ts'

const { db, origin } = await testSite()
const address = `${origin}/api/v1/evidence`

const forEvidence = { scopes: ['evidence:write' as const], lasts: 'always' as const }

let token: string
let hope: Person

beforeAll(async () => {
  token = await db.transaction(tx => makeToken(tx, null, { ...forEvidence, name: 'chat' }))
  hope = await addTrainee(db, { handle: 'hope' })
})

/** As a program sends it: no cookie, no origin. */
const send = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
  fetch(address, {
    method: 'POST',
    body,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
  })
const fact = (externalId: string) => ({
  ...{ person: '@hope', kind: 'group_chat', source: 'chat', externalId, occurredOn: '2026-10-01' },
})
const batch = (...items: unknown[]) => JSON.stringify({ items })

test('a platform sends what happened, and it counts', async () => {
  const answer = await send(batch(fact('1'), { ...fact('2'), kind: 'dancing' }, fact('1')))
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toMatch(/json/)
  expect(await answer.json()).toEqual({
    accepted: 1,
    known: 1,
    refused: 1,
    items: [
      { index: 0, externalId: '1', status: 'accepted' },
      {
        index: 1,
        externalId: '2',
        status: 'refused',
        reason: 'There is no kind of evidence called dancing.',
      },
      { index: 2, externalId: '1', status: 'known' },
    ],
  })
  expect((await practiceCounts(db, hope)).get('group_chat')!.confirmed).toBe(1)
})

test('the same batch four times at once counts once', async () => {
  const same = batch(...Array.from({ length: 100 }, (_, index) => fact(`together-${index}`)))
  const answers = await Promise.all(
    [1, 2, 3, 4].map(async () => (await send(same)).json() as Promise<{ accepted: number }>),
  )
  expect(answers.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(100)
})

describe('who brings no token that opens is told so in JSON', () => {
  test.each([
    ['none', { authorization: '' }],
    ['a made-up one', { authorization: 'Bearer made-up' }],
    ['another kind', { authorization: 'Basic aG9wZTpob3Bl' }],
  ])('%s', async (_, headers) => {
    const answer = await send(batch(fact('x')), headers)
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
    expect(await answer.json()).toHaveProperty('error')
  })

  test('one that was revoked', async () => {
    const old = await db.transaction(tx => makeToken(tx, null, { ...forEvidence, name: 'old' }))
    const opened = (await openToken(db, old))!
    await db.transaction(tx => revokeToken(tx, null, opened))
    expect((await send(batch(fact('x')), { authorization: `Bearer ${old}` })).status).toBe(401)
  })
})

describe('what is no batch is refused as a whole', () => {
  test.each([
    ['no JSON', '{"items": [', {}, 400],
    ['nothing', '', {}, 400],
    ['bytes that are no text', new Uint8Array([0x22, 0xff, 0x22]), {}, 400],
    ['no items', '{}', {}, 400],
    ['an empty list', '{"items": []}', {}, 400],
    ['null', 'null', {}, 400],
    [
      'more than 1,000 items',
      batch(...Array.from({ length: 1001 }, (_, index) => fact(`many-${index}`))),
      {},
      400,
    ],
    ['a form', 'items=1', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['more than 1 MiB', `{"items": [${' '.repeat(1024 * 1024)}1]}`, {}, 413],
  ])('%s', async (_, body, headers, status) => {
    const answer = await send(body, headers)
    expect(answer.status).toBe(status)
    expect(await answer.json()).toHaveProperty('error')
  })
})

test('a body that never says how long it is gets no further than 1 MiB', async () => {
  const body = new ReadableStream({
    pull: controller => controller.enqueue(new TextEncoder().encode(' '.repeat(65_536))),
  })
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const answer = await fetch(address, { method: 'POST', body, headers, duplex: 'half' } as RequestInit)
  expect(answer.status).toBe(413)
})

test('no action runs at an address of the API, whoever asks', async () => {
  const answer = await fetch(`${address}?_action=people.askForReset`, {
    method: 'POST',
    body: new URLSearchParams({ email: 'hope@example.org' }),
    redirect: 'manual',
  })
  expect(answer.status).toBe(403)
})

test('the API is published as it is, from the schemas it is checked by', async () => {
  const answer = await fetch(`${origin}/api/v1/openapi.json`)
  const described = (await answer.json()) as {
    openapi: string
    paths: Record<
      string,
      { post: { requestBody: { content: Record<string, { schema: { properties: Shape } }> } } }
    >
  }
  expect(described.openapi).toBe('3.1.0')
  const { schema } = described.paths['/api/v1/evidence']!.post.requestBody.content['application/json']!
  expect(schema.properties.items!.maxItems).toBe(1000)
  expect(schema.properties.items!.items.required).toEqual([
    'person',
    'kind',
    'source',
    'externalId',
    'occurredOn',
  ])
  expect(JSON.stringify(described)).not.toContain('$schema')
})

type Shape = Record<string, { maxItems: number; items: { required: string[] } }>
