import { type SQL, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { walk } from '../../src/discussions/walk.ts'
import { addTrainee } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'

const { db } = await testDatabase()
const { id: author } = await addTrainee(db)

async function addDiscussion(posts: number): Promise<number> {
  const [row] = await db.execute<{ id: string }>(
    sql`insert into discussion (title, form) values ('A topic', 'talk') returning id`,
  )
  await db.execute(sql`insert into post (discussion_id, author_id, kind, parent_id, markdown, html)
    select ${row!.id}::bigint, ${author}::bigint, 'reply', -1, 'Words.', '<p>Words.</p>' from generate_series(1, ${posts}::int)`)
  return Number(row!.id)
}

// Few discussions, and of one of them posts that are older and newer than all others'.
const mine = await addDiscussion(10)
for (let count = 0; count < 4; count++) await addDiscussion(1)
await addDiscussion(10_000)
await db.execute(sql`insert into post (discussion_id, author_id, kind, parent_id, markdown, html)
  select ${mine}::bigint, ${author}::bigint, 'reply', -1, 'Words.', '<p>Words.</p>' from generate_series(1, 4000)`)
await db.execute(sql`analyze post`)
const ids = (
  await db.execute<{ id: string }>(sql`select id from post where discussion_id = ${mine} order by id`)
).map(({ id }) => Number(id))

/** What a statement finds, and how many rows it passes over for that, planned as one for any discussion. */
async function walked({ where, order }: { where: SQL; order: SQL }) {
  const page = sql`select post.id from post where ${where} ${order} limit 20`
  const found = (await db.execute<{ id: string }>(page)).map(({ id }) => Number(id))
  const plan = await db.transaction(async tx => {
    await tx.execute(sql`set local plan_cache_mode = force_generic_plan`)
    return tx.execute<{ 'QUERY PLAN': string }>(sql`explain analyze ${page}`)
  })
  const lines = plan.map(line => line['QUERY PLAN']).join('\n')
  const passed = [...lines.matchAll(/Rows Removed by Filter: (\d+)/g)].reduce(
    (sum, [, rows]) => sum + Number(rows),
    0,
  )
  return { found, passed, lines }
}

test('the first page, one in the middle and the last pass over nobody else’s posts, either way', async () => {
  for (const at of [0, 5, 12, 2000, ids.length - 1]) {
    const back = await walked(walk(mine, 'newest', { before: ids[at]! }))
    expect(back.found).toEqual(ids.slice(Math.max(0, at - 20), at).toReversed())
    expect(back.passed, back.lines).toBeLessThan(30)
    const on = await walked(walk(mine, 'oldest', { after: ids[at]! }))
    expect(on.found).toEqual(ids.slice(at + 1, at + 21))
    expect(on.passed, on.lines).toBeLessThan(30)
  }
  const between = await walked(walk(mine, 'newest', { after: ids[8]!, before: ids[12]! }))
  expect(between.found).toEqual(ids.slice(9, 12).toReversed())
  expect((await walked(walk(mine, 'newest', {}))).found).toEqual(ids.slice(-20).toReversed())
  expect((await walked(walk(mine, 'oldest', {}))).found).toEqual(ids.slice(0, 20))
})
