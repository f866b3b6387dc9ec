import { readdirSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { makeToken, type NewToken, openToken, tokenInput } from '../../src/api/tokens.ts'
import { content } from '../../src/authoring/content.ts'
import { mostPeople } from '../../src/badges/for-rooms.ts'
import { grantBadge } from '../../src/badges/grant.ts'
import { revokeBadge } from '../../src/badges/revoke.ts'
import { suspend } from '../../src/people/suspension.ts'
import { addAdmin, addTrainee } from '../support/cast.ts'
import { testSite } from '../support/site.ts'

const { db, origin } = await testSite()
const admin = await addAdmin(db)

const tokenFor = (given: Partial<NewToken> = {}) =>
  db.transaction(tx =>
    makeToken(tx, null, tokenInput.parse({ name: 'chat', scopes: ['badges:read'], ...given })),
  )
let token: string
beforeAll(async () => {
  token = await tokenFor()
})

/** As a program asks: no cookie, no origin. */
const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(origin + path, { method, headers: { authorization: `Bearer ${token}`, ...headers } })
const grant = (person: { id: number }, badge: string) =>
  db.transaction(tx =>
    grantBadge(tx, content(), null, { personId: person.id, badge, override: true, reason: 'A test.' }),
  )
const revoke = (person: { id: number }, badge: string) =>
  db.transaction(tx =>
    revokeBadge(tx, content(), admin, {
      personId: person.id,
      badge,
      reasonClass: 'conduct',
      reason: 'A test.',
    }),
  )

describe('a platform asks', () => {
  test('which badges a person holds, in the words of their age', async () => {
    const teen = await addTrainee(db, { handle: 'Tilda', ageBand: 'teen' })
    const { code, grantedAt } = await grant(teen, 'mentor')
    await grant(teen, 'moderator')
    await revoke(teen, 'moderator')
    const answer = await ask('/api/v1/people/@tilda/badges')
    expect(answer.headers.get('content-type')).toBe('application/json')
    expect(answer.headers.get('cache-control')).toBe('private, no-cache')
    expect(await answer.json()).toEqual({
      person: { id: String(teen.id), handle: 'Tilda' },
      suspended: false,
      badges: [
        {
          ...{ id: 'mentor', title: 'Teen Star', certificate: code, state: 'valid' },
          ...{ grantedAt: grantedAt.toISOString(), expiresOn: null },
        },
      ],
    })
  })

  test('what is open to them, and which badge opens it', async () => {
    const hope = await addTrainee(db, { handle: 'hope' })
    await grant(hope, 'room-supporter')
    await grant(hope, 'mentor')
    expect(await (await ask('/api/v1/people/hope/unlocks')).json()).toEqual({
      person: { id: String(hope.id), handle: 'hope' },
      suspended: false,
      unlocks: [
        { kind: 'right', id: 'grade', title: 'Grading reflections here, at the desk', badges: ['mentor'] },
        { kind: 'room', id: 'support-rooms', title: 'Support rooms', badges: ['room-supporter'] },
      ],
    })
  })

  test('of somebody who is suspended, and reads that nothing is open to them, whatever they hold', async () => {
    const wolf = await addTrainee(db, { handle: 'wolf' })
    await grant(wolf, 'moderator')
    await db.transaction(tx => suspend(tx, admin, { personId: wolf.id, reason: 'A test.' }))
    expect(await (await ask('/api/v1/people/wolf/unlocks')).json()).toMatchObject({
      ...{ suspended: true, unlocks: [] },
    })
    expect(await (await ask('/api/v1/people/wolf/badges')).json()).toMatchObject({
      ...{ suspended: true, badges: [{ id: 'moderator' }] },
    })
    expect(await (await ask('/api/v1/unlocks?room=moderating')).text()).not.toContain('wolf')
  })

  test('of somebody whose badge ended at midnight, before anybody wrote that down', async () => {
    const late = await addTrainee(db, { handle: 'late' })
    await grant(late, 'moderator')
    const until = (days: number) =>
      db.execute(
        sql`update certificate set expires_on = (now() at time zone 'utc')::date + ${days}::int where person_id = ${late.id}`,
      )
    await until(0)
    expect(await (await ask('/api/v1/people/late/unlocks')).text()).toContain('moderating')
    await until(-1)
    expect(await (await ask('/api/v1/people/late/unlocks')).text()).not.toContain('moderating')
    expect(await (await ask('/api/v1/people/late/badges')).json()).toMatchObject({ badges: [] })
    expect(await (await ask('/api/v1/unlocks?room=moderating')).text()).not.toContain('late')
  })

  test('of nobody, and hears so', async () => {
    for (const handle of ['nobody', '@', '%25', '%F0%9F%8C%BF', 'a'.repeat(3000), "x'%20or%201=1--"]) {
      const answer = await ask(`/api/v1/people/${handle}/badges`)
      expect([handle.slice(0, 10), answer.status]).toEqual([handle.slice(0, 10), 404])
      expect(await answer.json()).toHaveProperty('error')
    }
  })

  test('to whom a room is open, page by page and each once', async () => {
    await db.execute(sql`
      insert into person (handle, display_name, email, password_hash, kind, age_band, joined_on)
      select 'many' || n, 'Many', 'many' || n || '@example.org', '', 'listener', 'adult', '2026-01-01'
      from generate_series(1, ${mostPeople + 20}) n`)
    await db.execute(sql`
      insert into certificate (code, person_id, badge, granted_at)
      select 'code' || id, id, 'sharing-circle-host', now() from person where handle like 'many%'`)
    interface Page {
      people: { id: string; handle: string }[]
      next: string | null
      room: unknown
    }
    const page = async (after: string) =>
      (await (await ask(`/api/v1/unlocks?room=sharing-circle${after}`)).json()) as Page
    const first = await page('')
    expect(first.room).toEqual({
      ...{ id: 'sharing-circle', title: 'Hosting in the Sharing Circle', badges: ['sharing-circle-host'] },
    })
    expect(first.people).toHaveLength(mostPeople)
    const second = await page(`&after=${first.next}`)
    expect(second.people).toHaveLength(20)
    expect(second.next).toBeNull()
    expect(new Set([...first.people, ...second.people].map(({ id }) => id)).size).toBe(mostPeople + 20)
  })

  test.each([
    ['/api/v1/unlocks', 400],
    ['/api/v1/unlocks?room=', 400],
    ['/api/v1/unlocks?room=support-rooms&after=x', 400],
    ['/api/v1/unlocks?room=support-rooms&after=-1', 400],
    ['/api/v1/unlocks?room=grade', 404],
    ['/api/v1/unlocks?room=nowhere', 404],
  ])('%s is answered with %i and a sentence', async (path, status) => {
    const answer = await ask(path)
    expect(answer.status).toBe(status)
    expect(await answer.json()).toHaveProperty('error')
  })

  test('and writes nothing: anything but reading is refused', async () => {
    for (const path of ['/api/v1/people/hope/badges', '/api/v1/people/hope/unlocks', '/api/v1/unlocks'])
      for (const method of ['POST', 'PUT', 'DELETE']) expect((await ask(path, {}, method)).status).toBe(405)
  })
})

describe('what has not changed is not sent again', () => {
  test('whoever says what they have gets 304 without a body, until something changes', async () => {
    const moss = await addTrainee(db, { handle: 'moss' })
    await grant(moss, 'room-supporter')
    for (const path of [
      '/api/v1/people/moss/badges',
      '/api/v1/people/moss/unlocks',
      '/api/v1/unlocks?room=support-rooms',
    ]) {
      const etag = (await ask(path)).headers.get('etag') ?? ''
      expect(etag).toMatch(/^"[\w-]{27}"$/)
      for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
        const answer = await ask(path, { 'if-none-match': known })
        expect([answer.status, await answer.text(), answer.headers.get('etag')]).toEqual([304, '', etag])
        expect(answer.headers.get('cache-control')).toBe('private, no-cache')
      }
      expect((await ask(path, { 'if-none-match': '"other"' })).status).toBe(200)
      expect((await ask(path, { 'if-none-match': etag.slice(0, -2) })).status).toBe(200)
    }
    const path = '/api/v1/people/moss/unlocks'
    const etag = (await ask(path)).headers.get('etag') ?? ''
    await revoke(moss, 'room-supporter')
    const answer = await ask(path, { 'if-none-match': etag })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('etag')).not.toBe(etag)
    // To ask for the head alone costs no more.
    const head = await ask(path, {}, 'HEAD')
    expect([head.status, await head.text()]).toEqual([200, ''])
  })
})

describe('a token opens what it is for', () => {
  test('and nothing else: it is told what it would take', async () => {
    const other = await tokenFor({ scopes: ['evidence:write'] })
    const answer = await ask('/api/v1/people/hope/badges', { authorization: `Bearer ${other}` })
    expect(answer.status).toBe(403)
    expect(answer.headers.get('www-authenticate')).toBe(
      'Bearer error="insufficient_scope", scope="badges:read"',
    )
    expect(await answer.json()).toEqual({
      error: 'This token is not for that. It takes one that may “Read badges” (badges:read).',
    })
    const sent = await fetch(`${origin}/api/v1/evidence`, {
      method: 'POST',
      body: '{"items":[]}',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    })
    expect(sent.status).toBe(403)
  })

  test('until its day, and then says that it has expired', async () => {
    const short = await tokenFor({ lasts: '30' })
    const asking = () => ask('/api/v1/people/hope/badges', { authorization: `Bearer ${short}` })
    expect((await asking()).status).toBe(200)
    const { id } = (await openToken(db, short))!
    const [kept] = await db.execute<{ days: number; used: boolean }>(sql`
      select extract(day from expires_at - now())::int as days, last_used_at is not null as used
      from api_token where id = ${id}`)
    expect(kept).toEqual({ days: 29, used: true })
    await db.execute(sql`update api_token set expires_at = now(), last_used_at = null where id = ${id}`)
    const answer = await asking()
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([
      401,
      'Bearer error="invalid_token"',
    ])
    expect(await answer.json()).toEqual({ error: 'This token has expired. An admin can make a new one.' })
    const [unused] = await db.execute(sql`select last_used_at from api_token where id = ${id}`)
    expect(unused).toEqual({ last_used_at: null })
  })

  test('and its use is noted once a minute, however often it is brought', async () => {
    const fresh = await tokenFor()
    const asking = () => ask('/api/v1/people/hope/badges', { authorization: `Bearer ${fresh}` })
    const { id } = (await openToken(db, fresh))!
    const used = async () =>
      (
        await db.execute<{ at: string; x: string }>(
          sql`select last_used_at as at, xmin::text as x from api_token where id = ${id}`,
        )
      )[0]
    const first = await used()
    await Promise.all([asking(), asking(), asking()])
    expect(await used()).toEqual(first)
    await db.execute(sql`update api_token set last_used_at = now() - interval '61 seconds' where id = ${id}`)
    const before = await used()
    await asking()
    expect(await used()).not.toEqual(before)
  })

  test('only so often in a minute', async () => {
    const busy = await tokenFor()
    const { id } = (await openToken(db, busy))!
    await db.execute(sql`
      insert into rate_limit (key, points, resets_at) values (${`api:token:${id}`}, 600, now() + interval '1 minute')`)
    const answer = await ask('/api/v1/people/hope/badges', { authorization: `Bearer ${busy}` })
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '60'])
  })

  test('and is made for something', () => {
    for (const scopes of [[], ['everything'], ['badges:read', 'admin']])
      expect(tokenInput.safeParse({ name: 'chat', scopes }).success).toBe(false)
    expect(tokenInput.parse({ name: 'chat', scopes: ['badges:read'] }).lasts).toBe('365')
  })
})

describe('the API is described as it is', () => {
  interface Operation {
    responses: Record<string, { content?: Record<string, { schema: object }> }>
  }
  const described = async () =>
    (await (await fetch(`${origin}/api/v1/openapi.json`)).json()) as {
      paths: Record<string, { get?: Operation; post?: Operation }>
      webhooks: Record<string, unknown>
    }

  test('every answer fits the description of its status', async () => {
    const { paths } = await described()
    const other = `Bearer ${await tokenFor({ scopes: ['evidence:write'] })}`
    const cases: [string, string, Record<string, string>][] = [
      ['/api/v1/people/{handle}/badges', '/api/v1/people/tilda/badges', {}],
      ['/api/v1/people/{handle}/badges', '/api/v1/people/wolf/badges', {}],
      ['/api/v1/people/{handle}/badges', '/api/v1/people/nobody/badges', {}],
      ['/api/v1/people/{handle}/badges', '/api/v1/people/tilda/badges', { authorization: '' }],
      ['/api/v1/people/{handle}/unlocks', '/api/v1/people/hope/unlocks', {}],
      ['/api/v1/people/{handle}/unlocks', '/api/v1/people/hope/unlocks', { authorization: other }],
      ['/api/v1/people/{handle}/unlocks', '/api/v1/people/nobody/unlocks', {}],
      ['/api/v1/unlocks', '/api/v1/unlocks?room=sharing-circle', {}],
      ['/api/v1/unlocks', '/api/v1/unlocks?room=nowhere', {}],
      ['/api/v1/unlocks', '/api/v1/unlocks', {}],
    ]
    const statuses = new Set<number>()
    for (const [path, address, headers] of cases) {
      const answer = await ask(address, headers)
      statuses.add(answer.status)
      const schema = paths[path]?.get?.responses[answer.status]?.content?.['application/json']?.schema
      expect(schema, `${address}: ${answer.status}`).toBeDefined()
      const { error } = z.fromJSONSchema(schema as never).safeParse(await answer.json())
      expect(error, `${address}: ${answer.status}`).toBeUndefined()
    }
    expect([...statuses].toSorted()).toEqual([200, 400, 401, 403, 404])
    // And the check finds what does not fit.
    const { schema } = paths['/api/v1/unlocks']!.get!.responses[200]!.content!['application/json']!
    expect(z.fromJSONSchema(schema as never).safeParse({ room: {}, people: [], next: null }).success).toBe(
      false,
    )
  })

  test('with every route of it', async () => {
    const { paths, webhooks } = await described()
    const routes = readdirSync('src/pages/api/v1', { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.ts') && file !== 'openapi.json.ts')
      .map(file => `/api/v1/${file.replace(/\.ts$/, '').replace(/\[(\w+)\]/g, '{$1}')}`)
    expect(Object.keys(paths).toSorted()).toEqual(routes.toSorted())
    expect(paths).toHaveProperty('/api/v1/people/{handle}/unlocks')
    expect(Object.keys(webhooks)).toEqual(['badge', 'person', 'erased', 'rooms', 'test'])
  })
})
