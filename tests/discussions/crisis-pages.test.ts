import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { post } from '../../db/schema/discussions.ts'
import { content } from '../../src/authoring/content.ts'
import { addCohortOf, addTrainee, openCourses, password } from '../support/cast.ts'
import { testSite, type Visitor } from '../support/site.ts'
import { open, reflect } from './deeds.ts'

const site = await testSite()
const { db } = site
await openCourses(db)
const page = `/courses/${open.id}`
const hard = 'Some days I can’t go on.'

async function twoInACohort() {
  const hope = await addTrainee(db, { timeZone: 'Europe/London' })
  const river = await addTrainee(db, { timeZone: 'Pacific/Palau' })
  await addCohortOf(db, [hope, river])
  const sign = ({ handle }: { handle: string }) => site.visitor({ handle, password })
  return { hope, river, hopes: await sign(hope), rivers: await sign(river) }
}

/** Posts as a browser without scripts does, and reads the page that it is led to. */
async function postAndRead(action: string, fields: Record<string, string>, visitor: Visitor, from = page) {
  const answer = await site.post(action, { key: randomUUID(), ...fields }, visitor, from)
  const address = new URL(answer.headers.get('location') ?? '', site.origin)
  return (await site.get(address.pathname + address.search, visitor)).text()
}

const panels = (html: string) =>
  html.replaceAll(/<template[^]*?<\/template>/g, '').split('<aside class="crisis"').length - 1

test('whoever writes hard words is shown the helplines of where they are, once, and nobody else is', async () => {
  const { hopes, rivers } = await twoInACohort()
  const drawn = await postAndRead('discussions.reflect', { module: open.id, markdown: hard }, hopes)
  expect(panels(drawn)).toBe(1)
  expect(drawn).toContain('Samaritans')
  expect(panels(await (await site.get(page, hopes)).text())).toBe(0)
  const others = await (await site.get(page, rivers)).text()
  expect(others).toContain('Some days')
  expect(panels(others)).toBe(0)
})

test('where no helpline of theirs is known, the way to all of them is', async () => {
  const { hope, rivers } = await twoInACohort()
  const { id } = await reflect(db, hope)
  const drawn = await postAndRead(
    'discussions.reply',
    { post: String(id), subject: String(id), markdown: hard },
    rivers,
    `${page}?reply=${id}`,
  )
  expect(panels(drawn)).toBe(1)
  expect(drawn).toContain('Find A Helpline')
})

test('a form that is given back shows them too', async () => {
  const { hope, rivers } = await twoInACohort()
  const { id } = await reflect(db, hope)
  const fields = { key: randomUUID(), post: String(id), subject: String(id) }
  const ask = async (markdown: string) =>
    (await site.post('discussions.reply', { ...fields, markdown }, rivers, `${page}?reply=${id}`)).text()
  expect(panels(await ask(hard + ' '.repeat(10) + 'x'.repeat(6000)))).toBe(1)
  expect(panels(await ask('x'.repeat(6000)))).toBe(0)
})

test('nothing is noted of it: what hard words leave in the database is what any words leave', async () => {
  const { hope, hopes, rivers } = await twoInACohort()
  const { id } = await reflect(db, hope)
  /** How many rows each table has. */
  const rows = async () => {
    const tables = await db.execute<{ name: string }>(
      sql`select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
    )
    const counts = tables.map(async ({ name }): Promise<[string, number]> => {
      const [row] = await db.execute<{ rows: number }>(
        sql`select count(*)::int as rows from ${sql.identifier(name)}`,
      )
      return [name, row!.rows]
    })
    return Object.fromEntries(await Promise.all(counts))
  }
  const left = async (markdown: string, visitor: Visitor) => {
    const before = await rows()
    await postAndRead('discussions.reply', { post: String(id), subject: String(id), markdown }, visitor)
    const after = await rows()
    return Object.fromEntries(Object.keys(after).map(name => [name, after[name]! - before[name]!]))
  }
  await left('The first, which counts a write.', rivers)
  expect(await left(hard, rivers)).toEqual(await left('Some days I go on.', rivers))
  const [row] = await db.select().from(post).where(eq(post.markdown, hard)).limit(1)
  expect(row).toMatchObject({ removed: null, contentNote: null })
  expect(await (await site.get(page, hopes)).text()).toContain('Some days I can’t go on.')
})

test('the phrases are the same for all, and asked for again only when they have changed', async () => {
  const answer = await site.get('/crisis-words.json')
  expect(await answer.json()).toEqual(content().crisisWords)
  const again = await site.get('/crisis-words.json', undefined, {
    headers: { 'if-none-match': answer.headers.get('etag') ?? '' },
  })
  expect(again.status).toBe(304)
})

test('whoever asks for handles is told as JSON, and by nothing but a sign-in if they are nobody', async () => {
  const { hope, rivers } = await twoInACohort()
  const answer = await site.get(`/mentions?q=${hope.handle}`, rivers)
  expect(await answer.json()).toContainEqual({
    handle: hope.handle,
    displayName: hope.displayName,
    mentor: false,
  })
  expect((await site.get('/mentions?q=', rivers)).status).toBe(400)
  expect((await site.get('/mentions?q=a&cohort=x', rivers)).status).toBe(400)
  expect((await site.get('/mentions?q=a', await site.visitor())).status).toBe(303)
})
