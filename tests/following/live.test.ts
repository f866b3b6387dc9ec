import { setTimeout as wait } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { discussion as discussions, post as posts } from '../../db/schema/discussions.ts'
import type { Person } from '../../src/people/person.ts'
import { guarded, open, reflect, reply } from '../discussions/deeds.ts'
import { addCohortOf, addMentorOf, addTrainee, openCourses, password } from '../support/cast.ts'
import { testSite } from '../support/site.ts'
import { startTrellis } from '../support/start.ts'

// The site runs in a process of its own, and these tests post from another: as with several instances.
const site = await testSite()
const { db } = site
await openCourses(db)

const closing = new AbortController()
afterAll(() => {
  closing.abort()
})

/** What somebody's browser hears from a discussion. */
async function listenAs(
  person: Person,
  discussion: number,
  headers: Record<string, string> = {},
  query = '',
) {
  const visitor = await site.visitor({ handle: person.handle, password })
  const response = await site.get(`/discussions/${discussion}/events${query}`, visitor, {
    headers: { accept: 'text/event-stream', 'accept-encoding': 'gzip', ...headers },
    signal: closing.signal,
  })
  const told: { id: number; thread: number; handle: string; many?: number }[] = []
  const ids: string[] = []
  let ended = false
  const read = async () => {
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? [])
      for (const line of chunk.split('\n'))
        if (line.startsWith('data: ')) told.push(JSON.parse(line.slice(6)) as (typeof told)[number])
        else if (line.startsWith('id: ')) ids.push(line.slice(4))
    ended = true
  }
  void read().catch(() => (ended = true))
  return {
    response,
    told,
    ids,
    get ended() {
      return ended
    },
  }
}

const until = async (what: () => boolean) => {
  for (let waited = 0; waited < 400 && !what(); waited++) await wait(50)
  expect(what()).toBe(true)
}

async function aCohort(module = open.id) {
  const [river, moss, fern] = [await addTrainee(db), await addTrainee(db), await addTrainee(db)]
  const cohort = await addCohortOf(db, [river, moss, fern])
  const mentor = await addMentorOf(db, [cohort.id])
  const { id: post } = await reflect(db, river, 'My own words.', module)
  const [row] = await db.select().from(discussions).where(eq(discussions.cohortId, cohort.id))
  return { river, moss, fern, mentor, post, id: row!.id }
}

test('who has a discussion open hears of a post that came through another instance, and by whom it is', async () => {
  const { river, moss, mentor, post, id } = await aCohort()
  const stream = await listenAs(moss, id)
  expect(stream.response.status).toBe(200)
  expect(Object.fromEntries(stream.response.headers)).toMatchObject({
    'content-type': 'text/event-stream',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
  })
  expect(stream.response.headers.get('content-encoding')).toBeNull()
  const authors = await listenAs(mentor, id)
  const { id: one } = await reply(db, mentor, post, 'Nothing of what it says is told.')
  await until(() => stream.told.length === 1)
  expect(stream.told).toEqual([{ id: one, thread: post, handle: mentor.handle }])
  expect(stream.ids).toEqual([String(one)])
  const { id: two } = await reply(db, river, post)
  await until(() => authors.told.length > 0)
  expect(authors.told.map(told => told.id)).toEqual([two])
})

test('whoever comes back is told what was missed, by the browser’s own word or the page’s', async () => {
  const { moss, mentor, post, id } = await aCohort()
  const { id: one } = await reply(db, mentor, post)
  const { id: two } = await reply(db, mentor, post)
  const back = await listenAs(moss, id, { 'last-event-id': String(one) }, `?after=${post}`)
  await until(() => back.told.length > 0)
  expect(back.told.map(told => told.id)).toEqual([two])
  const page = await listenAs(moss, id, { 'last-event-id': '<script>' }, `?after=${post}`)
  await until(() => page.told.length > 1)
  expect(page.told.map(told => told.id)).toEqual([one, two])
  for (let count = 0; count < 21; count++) await reply(db, mentor, post)
  const late = await listenAs(moss, id, {}, `?after=${post}`)
  await until(() => late.told.length > 0)
  expect(late.told).toMatchObject([{ many: 21 }])
})

test('a thread that is for the mentors is told to its author and the mentors, and to nobody else', async () => {
  const { river, moss, fern, mentor, post, id } = await aCohort()
  await db.update(posts).set({ audience: 'mentors' }).where(eq(posts.id, post))
  const [ofRiver, ofMoss] = [await listenAs(river, id), await listenAs(moss, id)]
  const { id: secret } = await reply(db, mentor, post)
  const { id: shared } = await reflect(db, fern)
  await until(() => ofRiver.told.length === 2 && ofMoss.told.length > 0)
  expect(ofRiver.told.map(told => told.id)).toEqual([secret, shared])
  expect(ofMoss.told.map(told => told.id)).toEqual([shared])
})

test('where one answers first, nothing is told before one has, and the browser asks no more', async () => {
  const { moss, mentor, post, id } = await aCohort(guarded.id)
  expect((await listenAs(moss, id)).response.status).toBe(204)
  expect((await listenAs(mentor, id)).response.status).toBe(200)
  await reflect(db, moss, 'Mine.', guarded.id)
  const stream = await listenAs(moss, id)
  await reply(db, mentor, post)
  await until(() => stream.told.length === 1)
})

test('when the connection to the database breaks, streams end, and those who come back hear again', async () => {
  const { moss, mentor, post, id } = await aCohort()
  const stream = await listenAs(moss, id)
  await db.$client`
    select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen%' and datname = current_database()`
  await until(() => stream.ended)
  const again = await listenAs(moss, id, {}, `?after=${post}`)
  await reply(db, mentor, post)
  await until(() => again.told.length === 1)
})

test('a write’s flash waits for the next page, and is not lost to a stream', async () => {
  const { moss, id } = await aCohort()
  const visitor = await site.visitor({ handle: moss.handle, password })
  await site.post('following.follow', { discussion: String(id), level: 'watching' }, visitor)
  const response = await site.get(`/discussions/${id}/events`, visitor, {
    headers: { accept: 'text/event-stream' },
    signal: closing.signal,
  })
  expect(response.headers.getSetCookie()).toEqual([])
  expect(await (await site.get('/', visitor)).text()).toContain('You are watching this discussion')
})

test('nobody holds more streams than a browser could open', async () => {
  const { moss, id } = await aCohort()
  const visitor = await site.visitor({ handle: moss.handle, password })
  const ask = () => site.get(`/discussions/${id}/events`, visitor, { signal: closing.signal })
  const statuses: number[] = []
  for (let count = 0; count < 19; count++) statuses.push((await ask()).status)
  expect(statuses.slice(0, 18)).toEqual(Array.from({ length: 18 }, () => 200))
  expect(statuses.at(-1)).toBe(204)
})

test('a site that is asked to stop ends its streams at once, and does not wait for them', async () => {
  const { moss, id } = await aCohort()
  const other = await startTrellis({ DATABASE_URL: site.url })
  const visitor = await site.visitor({ handle: moss.handle, password })
  const headers = { cookie: visitor.cookie, accept: 'text/event-stream' }
  const { body } = await fetch(`${other.origin}/discussions/${id}/events`, { headers })
  const began = performance.now()
  const ended = body!
    .pipeTo(new WritableStream())
    .catch(() => {})
    .then(() => performance.now() - began)
  await other.stop()
  // Requests under way are given five seconds.
  expect(await ended).toBeLessThan(2_000)
}, 60_000)
