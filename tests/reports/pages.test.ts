import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { report as reports } from '../../db/schema/reports.ts'
import { xssCorpus } from '../authoring/xss-corpus.ts'
import { reflect, reply } from '../discussions/deeds.ts'
import { addAdmin, addCohortOf, addMentorOf, addTrainee, openCourses, password } from '../support/cast.ts'
import { markingOf } from '../grading/reflections.ts'
import { testSite, type Visitor } from '../support/site.ts'
import { report, unkind, worried } from './deeds.ts'

const site = await testSite()
const { db } = site
await openCourses(db)

async function aThread() {
  const [river, moss] = [await addTrainee(db, { timeZone: 'Europe/London' }), await addTrainee(db)]
  const cohort = await addCohortOf(db, [river, moss])
  const mentor = await addMentorOf(db, [cohort.id])
  const { id } = await reflect(db, river)
  const answer = await reply(db, river, id, 'And one thing more.')
  const [asMoss, asMentor] = await Promise.all(
    [moss, mentor].map(({ handle }) => site.visitor({ handle, password })),
  )
  return { river, moss, mentor, cohort, id, answer: answer.id, asMoss: asMoss!, asMentor: asMentor! }
}

const textOf = async (path: string, visitor: Visitor) => (await site.get(path, visitor)).text()
const post = (action: string, fields: Record<string, string>, visitor: Visitor, page: string) =>
  site.post(action, { key: randomUUID(), ...fields }, visitor, page)
const firstReport = async (postId: number) =>
  (await db.select().from(reports).where(eq(reports.postId, postId)).orderBy(reports.id))[0]!.id

test('a report that says too little comes back with every word and every choice', async () => {
  const { id, asMoss } = await aThread()
  const page = `/posts/${id}/report`
  const refused = await post(
    'reports.report',
    { post: String(id), reason: 'other', words: ' ' },
    asMoss,
    page,
  )
  expect(refused.status).toBe(400)
  const drawn = await refused.text()
  expect(drawn).toContain('Please say in a few words what troubles you.')
  expect(drawn).toMatch(/value="other"[^>]* checked/)

  const words = 'It tells where somebody lives.'
  const early = await post('reports.report', { post: String(id), words }, asMoss, page)
  expect(await early.text()).toContain(words)
})

test('whoever has reported a post is thanked, and finds that it is with the mentors', async () => {
  const { id, asMoss } = await aThread()
  const fields = { post: String(id), reason: unkind }
  const page = `/posts/${id}/report`
  const done = await post('reports.report', fields, asMoss, page)
  expect([done.status, done.headers.get('location')]).toEqual([303, expect.stringContaining(`#post-${id}`)])
  const drawn = await textOf(page, asMoss)
  expect(drawn).toContain('You have reported this post.')
  expect(drawn).not.toContain('Report it')
  const again = await post('reports.report', fields, asMoss, page)
  expect(again.status).toBe(409)
  expect(await again.text()).toContain('You have reported this post already')
})

test('of a worry the plan and the numbers of where the person may be come before what was reported', async () => {
  const { id, river, moss, asMentor } = await aThread()
  await report(db, moss, id, worried, 'They sound so low.')
  const drawn = await textOf(`/reports/${await firstReport(id)}`, asMentor)
  const order = [
    'Their time zone suggests this country: United Kingdom',
    'Call 116 123',
    'The crisis plan',
    'They sound so low.',
  ]
  const places = order.map(words => drawn.indexOf(words))
  expect(places.every(place => place > 0)).toBe(true)
  expect(places).toEqual(places.toSorted((a, b) => a - b))
  expect(await textOf('/desk', asMentor)).toContain('Paused: somebody is worried about this person.')
  expect(await textOf('/desk/people', asMentor)).toContain('Somebody is worried about a person.')
  expect(await textOf(`/desk/${await markingOf(db, id)}`, asMentor)).toContain(
    'See the report and the crisis plan',
  )
  expect(await textOf('/reports', asMentor)).toContain(`@${river.handle}`)
})

test('an unkind word brings no plan; the reply stands amid its thread', async () => {
  const { answer, moss, asMentor } = await aThread()
  await report(db, moss, answer)
  const drawn = await textOf(`/reports/${await firstReport(answer)}`, asMentor)
  expect(drawn).not.toContain('The crisis plan')
  expect(drawn).toContain('My own words.')
  expect(drawn).toContain('And one thing more.')
})

test('a mentor who was overtaken keeps the words of what they did', async () => {
  const { id, moss, cohort, asMentor } = await aThread()
  const other = await addMentorOf(db, [cohort.id])
  await report(db, moss, id)
  const number = String(await firstReport(id))
  await report(db, other, id, worried, 'I am, too.')
  const fields = { report: number, seen: number, outcome: 'I wrote to them.' }
  const refused = await post('reports.handle', fields, asMentor, `/reports/${number}`)
  expect(refused.status).toBe(409)
  const drawn = await refused.text()
  for (const words of ['since you opened it', 'I am, too.', 'I wrote to them.'])
    expect(drawn).toContain(words)
})

/** The corpus in pieces that fit a field. */
const pieces = (size: number) =>
  xssCorpus.reduce<string[]>((all, payload) => {
    const last = all.at(-1)
    if (last !== undefined && last.length + payload.length < size)
      return [...all.slice(0, -1), `${last}\n${payload}`]
    return [...all, payload]
  }, [])

const tags = (html: string) => html.match(/<[a-z/!]/gi)?.length

const openReport = async (postId: number) =>
  (await db.select().from(reports).where(eq(reports.postId, postId))).find(({ handledAt }) => !handledAt)!.id

test('nothing that people write about a post becomes markup, wherever it is read', async () => {
  const admin = await addAdmin(db)
  const asAdmin = await site.visitor({ handle: admin.handle, password })
  /** One story told in tame words and in hostile ones: its pages have the same tags. */
  const tell = async (say: (piece: string) => string) => {
    const { river, mentor, id, answer, moss, asMentor, asMoss } = await aThread()
    const about = { post: String(answer) }
    for (const piece of pieces(1900)) {
      const words = say(piece)
      await post('reports.report', { ...about, reason: 'other', words }, asMoss, '/account')
      const number = String(await openReport(answer))
      const handled = { report: number, seen: number, outcome: words }
      expect((await post('reports.handle', handled, asMentor, '/account')).status).toBe(303)
    }
    for (const piece of pieces(480)) {
      const reason = say(piece)
      expect((await post('discussions.hide', { ...about, reason }, asMentor, '/account')).status).toBe(303)
      expect((await post('discussions.show', { ...about, reason }, asMentor, '/account')).status).toBe(303)
    }
    const said = say(pieces(118)[0]!)
    const { id: line } = await reply(db, moss, id)
    const moved = { post: String(line), title: said, reason: said }
    expect((await post('discussions.moveReply', moved, asMentor, '/account')).status).toBe(303)
    await report(db, river, line)
    const asRiver = await site.visitor({ handle: river.handle, password })
    const pages = [
      [`/reports/${await firstReport(answer)}`, asMentor],
      [`/reports/${await firstReport(line)}`, asMentor],
      [`/posts/${line}/moderate`, asMentor],
      [`/posts/${line}/report`, asRiver],
      ['/', asRiver],
      ['/', asMoss],
      ['/reports', asMentor],
      [`/admin/audit?person=${mentor.handle}`, asAdmin],
    ] as const
    const drawn: string[] = []
    for (const [path, visitor] of pages) drawn.push(await textOf(path, visitor))
    return drawn
  }
  const tame = await tell(() => 'Tame.')
  const hostile = await tell(piece => piece)
  expect(hostile.map(tags)).toEqual(tame.map(tags))
  expect(hostile[0]).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
})

test('the admin’s page says how many posts wait, and that somebody is worried', async () => {
  const { id, moss } = await aThread()
  await report(db, moss, id, worried)
  const admin = await addAdmin(db)
  const drawn = await textOf('/admin', await site.visitor({ handle: admin.handle, password }))
  expect(drawn).toContain('and somebody is worried about a person')
})
