import { setTimeout as wait } from 'node:timers/promises'
import { eq, sql } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { certificate } from '../../../../db/schema/badges.ts'
import { marking as markings } from '../../../../db/schema/grading.ts'
import { buddy } from '../../../../db/schema/people.ts'
import { releaseClaim } from '../../../../src/grading/claims.ts'
import type { DeskTold } from '../../../../src/grading/desk/live/desk-told.ts'
import { openMarking } from '../../../../src/grading/hand-in.ts'
import type { Person } from '../../../../src/people/person.ts'
import {
  addCohortOf,
  addMentorOf,
  addNewMentorOf,
  addTrainee,
  again,
  openCourses,
  password,
} from '../../../support/cast.ts'
import { testSite } from '../../../support/site.ts'
import { claimPost, gradePost } from '../../deeds.ts'
import { aModule, markingOf, reflect, resubmit } from '../../reflections.ts'

// The site runs in a process of its own, and these tests claim and grade from another: as with several instances.
const site = await testSite()
const { db } = site
await openCourses(db)

const closing = new AbortController()
afterAll(() => {
  closing.abort()
})

/** What a mentor's browser hears while their desk is open. */
async function listenAs(person: Person, query = '', headers: Record<string, string> = {}) {
  const visitor = await site.visitor({ handle: person.handle, password })
  const response = await site.get(`/desk/events?${query}`, visitor, {
    headers: { accept: 'text/event-stream', ...headers },
    signal: closing.signal,
  })
  const told: DeskTold[] = []
  const raw: string[] = []
  const read = async () => {
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      raw.push(chunk)
      for (const line of chunk.split('\n'))
        if (line.startsWith('data: ')) told.push(JSON.parse(line.slice(6)) as DeskTold)
    }
  }
  void read().catch(() => {})
  return {
    response,
    raw,
    /** How a marking stood, each time it was told. */
    of: (id: number) =>
      told
        .flatMap(({ now }) => now)
        .filter(one => one.id === id)
        .map(({ by, closed }) => (closed ? 'done' : (by ?? 'free'))),
    opened: () => told.flatMap(({ opened }) => opened).map(({ id }) => id),
    begun: () => until(() => told.length > 0),
  }
}

const until = async (what: () => boolean) => {
  for (let waited = 0; waited < 400 && !what(); waited++) await wait(50)
  expect(what()).toBe(true)
}

/** Longer than what is told is gathered for: what has not come by then does not come. */
const aWhile = () => wait(800)

async function aDesk() {
  const river = await addTrainee(db)
  const cohort = await addCohortOf(db, [river])
  const [maple, myrtle] = [await addMentorOf(db, [cohort.id]), await addMentorOf(db, [cohort.id])]
  const post = await reflect(db, river, cohort)
  return { river, cohort, maple, myrtle, post, id: await markingOf(db, post) }
}

const letGo = (mentor: Person, id: number) => db.transaction(tx => releaseClaim(tx, mentor, id))

/** Hands in one more, as the verb does. */
async function another(river: Person, cohort: { id: number }, module = aModule): Promise<number> {
  const postId = await reflect(db, river, cohort, { module })
  await db.delete(markings).where(eq(markings.postId, postId))
  const wanted = { postId, cohortId: cohort.id, authorId: river.id, module, try: 1 }
  const { id } = await db.transaction(tx =>
    openMarking(tx, { ...wanted, purpose: 'first', promisedBy: new Date() }),
  )
  return id
}

test('a mentor sees another take a reflection, let go of it, take it again and finish it', async () => {
  const { maple, myrtle, post, id } = await aDesk()
  const desk = await listenAs(myrtle, `of=${id}`)
  expect(desk.response.status).toBe(200)
  expect(Object.fromEntries(desk.response.headers)).toMatchObject({
    'content-type': 'text/event-stream',
    'cache-control': 'no-store, no-transform',
  })
  await until(() => desk.of(id).length === 1)
  await claimPost(db, maple, post)
  await until(() => desk.of(id).length === 2)
  await letGo(maple, id)
  await until(() => desk.of(id).length === 3)
  await claimPost(db, maple, post)
  await until(() => desk.of(id).length === 4)
  await gradePost(db, maple, post)
  await until(() => desk.of(id).length === 5)
  expect(desk.of(id)).toEqual(['free', maple.handle, 'free', maple.handle, 'done'])
})

test('nothing is told of what a mark is wanted for, of its author, or of who made it', async () => {
  const { maple, myrtle, post, id, river } = await aDesk()
  const desk = await listenAs(myrtle, `of=${id}`)
  await desk.begun()
  await gradePost(db, maple, post)
  await until(() => desk.of(id).at(-1) === 'done')
  const all = desk.raw.join('')
  for (const secret of [maple.handle, river.handle, 'first', 'second', 'purpose', 'pass'])
    expect(all).not.toContain(secret)
  expect(JSON.parse(/data: (\{.*"closed":true.*)/.exec(all)![1]!)).toEqual({
    now: [{ id, by: null, closed: true }],
    opened: [],
  })
})

test('a claim that runs out is free for all who look, though nobody tells; one that is renewed is not', async () => {
  const { maple, myrtle, post, id } = await aDesk()
  await claimPost(db, maple, post)
  const claimed = (seconds: number) =>
    db
      .update(markings)
      .set({ claimedUntil: sql`clock_timestamp() + make_interval(secs => ${seconds})` })
      .where(eq(markings.id, id))
  await claimed(2)
  const desk = await listenAs(myrtle, `of=${id}`)
  await until(() => desk.of(id).length === 1)
  await claimed(4)
  await until(() => desk.of(id).includes('free'))
  expect(desk.of(id)).toEqual([maple.handle, maple.handle, 'free'])
})

test('a stream tells only of cohorts that its mentor grades in, and of nothing that they are too near to', async () => {
  const { river, cohort, maple, myrtle, post, id } = await aDesk()
  const elsewhere = await addMentorOf(db, [(await addCohortOf(db)).id])
  const near = await addMentorOf(db, [cohort.id])
  await db.insert(buddy).values({ leaderId: near.id, newcomerId: river.id })
  const streams = [await listenAs(elsewhere, `of=${id}`), await listenAs(near, `of=${id}`)]
  const heard = await listenAs(myrtle, `of=${id}`)
  await Promise.all([...streams, heard].map(one => one.begun()))
  await claimPost(db, maple, post)
  const fresh = await another(river, cohort, 'introduction-to-group-support/facilitating-not-directing')
  await until(() => heard.of(id).length === 2 && heard.opened().includes(fresh))
  await aWhile()
  for (const stream of streams) expect([stream.of(id), stream.opened()]).toEqual([[], []])
})

test('who marked a try first does not hear that it is marked again, and others do', async () => {
  const { river, cohort, maple, myrtle, post } = await aDesk()
  await gradePost(db, maple, post)
  const [first, other] = [await listenAs(maple), await listenAs(myrtle)]
  await Promise.all([first.begun(), other.begun()])
  const wanted = { postId: post, cohortId: cohort.id, authorId: river.id, module: aModule, try: 1 }
  const { id } = await db.transaction(tx =>
    openMarking(tx, { ...wanted, purpose: 'second', promisedBy: new Date() }),
  )
  await until(() => other.opened().includes(id))
  await aWhile()
  expect(first.opened()).toEqual([])
})

test('whoever loses the right to grade hears nothing more, at once', async () => {
  const { maple, myrtle, post, id } = await aDesk()
  const [revoked, stays] = [await listenAs(myrtle, `of=${id}`), await listenAs(maple, `of=${id}`)]
  await Promise.all([revoked.begun(), stays.begun()])
  await db
    .update(certificate)
    .set({ endedAt: new Date(), endedBy: 'revocation' })
    .where(eq(certificate.personId, myrtle.id))
  await claimPost(db, maple, post)
  await until(() => stays.of(id).includes(maple.handle))
  await aWhile()
  expect(revoked.of(id)).toEqual(['free'])
  expect((await listenAs(await again(db, myrtle))).response.status).toBe(404)
})

test('a new mentor hears of no live work in a course before they have graded its examples', async () => {
  const { river, cohort, maple } = await aDesk()
  const fern = await addNewMentorOf(db, [cohort.id])
  const [early, open] = [await listenAs(fern), await listenAs(maple)]
  await Promise.all([early.begun(), open.begun()])
  const fresh = await another(river, cohort, 'introduction-to-group-support/facilitating-not-directing')
  await until(() => open.opened().includes(fresh))
  await aWhile()
  expect(early.opened()).toEqual([])
})

test('a new hand-in, and a revision, are told to desks that show such, and again to who comes back', async () => {
  const { river, cohort, maple, myrtle, post, id } = await aDesk()
  const [all, revisions, others] = [
    await listenAs(myrtle),
    await listenAs(myrtle, 'tries=again'),
    await listenAs(myrtle, 'module=introduction-to-group-support/rooms-and-roles'),
  ]
  await Promise.all([all.begun(), revisions.begun(), others.begun()])
  const fresh = await another(river, cohort, 'introduction-to-group-support/facilitating-not-directing')
  await gradePost(db, maple, post, { outcome: 'return' })
  await resubmit(db, post, 'I waited, and then I asked.')
  const revised = await markingOf(db, post)
  await until(() => all.opened().length === 2 && revisions.opened().length === 1)
  expect(all.opened().sort()).toEqual([fresh, revised].sort())
  expect(revisions.opened()).toEqual([revised])
  expect(others.opened()).toEqual([])
  const [back, itself] = [
    await listenAs(myrtle, `since=${id}`),
    await listenAs(myrtle, `since=${id}`, { 'last-event-id': String(fresh) }),
  ]
  await Promise.all([back.begun(), itself.begun()])
  expect(back.opened()).toEqual([fresh, revised])
  expect(itself.opened()).toEqual([revised])
})

test('what is no list of markings is none, and the stream is there all the same', async () => {
  const { myrtle } = await aDesk()
  for (const query of ['of=<script>', `of=${'1,'.repeat(400)}`, 'of=-1,0,1e9999', 'of=&since=now&cohort=x']) {
    const desk = await listenAs(myrtle, query)
    expect(desk.response.status).toBe(200)
    await desk.begun()
    expect(desk.raw.join('')).toContain('{"now":[],"opened":[]}')
  }
})

test('asking only for the head of a stream leaves none open', async () => {
  const { myrtle } = await aDesk()
  const visitor = await site.visitor({ handle: myrtle.handle, password })
  expect((await site.get('/desk/events', visitor, { method: 'HEAD' })).status).toBe(405)
})
