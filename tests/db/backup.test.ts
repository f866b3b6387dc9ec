import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, inject, test } from 'vitest'
import postgres from 'postgres'
import { backUp, restore } from '../../db/backup.ts'
import { connect } from '../../db/client.ts'
import { content } from '../../src/authoring/content.ts'
import { grantFounding } from '../../src/badges/found.ts'
import { indexIfContentChanged } from '../../src/search/index-content.ts'
import { verifyRecord } from '../../src/record/verify.ts'
import { addCohortOf, addTrainee, openCourses } from '../support/cast.ts'
import { databaseAt, template } from '../support/cluster.ts'
import { testDatabase } from '../support/database.ts'

const { db, sql } = await testDatabase()
const folder = await mkdtemp(join(tmpdir(), 'trellis-backup-'))
afterAll(() => rm(folder, { recursive: true }))

const odd = 'Tab\there, a line\nbreak, back\\slash, \\. alone, ü, عربى, 🌱'

await openCourses(db)
await indexIfContentChanged(db, content())
const person = await addTrainee(db, { handle: 'kept', displayName: odd })
await addCohortOf(db, [person])
await db.transaction(tx =>
  grantFounding(tx, content(), { personId: person.id, badge: 'moderator', reason: odd }),
)

/** Does `work` with another, empty database. */
async function elsewhere<T>(work: (other: ReturnType<typeof connect>) => Promise<T>): Promise<T> {
  const server = postgres(inject('server'), { max: 1, onnotice: () => {} })
  await server`create database restored template ${server(template)}`
  const other = connect(databaseAt(inject('server'), 'restored'))
  try {
    return await work(other)
  } finally {
    await other.$client.end()
    await server`drop database restored`
    await server.end()
  }
}

const everything = async (client: postgres.Sql) => {
  const tables = await client<{ name: string }[]>`
    select table_name as name from information_schema.tables where table_schema = 'public' order by 1`
  // One after another: there are more tables than connections.
  const rows: [string, unknown][] = []
  for (const { name } of tables)
    rows.push([name, await client`select * from ${client(name)} kept order by kept::text`])
  return rows
}

test('a backup that is restored elsewhere is the same to the last letter, and the record verifies', async () => {
  const file = join(folder, 'all')
  const written = await backUp(sql, file)
  await elsewhere(async other => {
    await openCourses(other)
    await indexIfContentChanged(other, content())
    expect(await restore(other.$client, file)).toEqual(written)
    expect(await everything(other.$client)).toEqual(await everything(sql))
    expect(await verifyRecord(other)).toMatchObject({ ok: true })
    expect((await addTrainee(other, { handle: 'next' })).id).toBeGreaterThan(person.id)
  })
})

test('one backup after another is written to its end', async () => {
  const counts = []
  for (let count = 0; count < 30; count++) counts.push(await backUp(sql, join(folder, 'often')))
  expect(new Set(counts.map(one => JSON.stringify(one))).size).toBe(1)
})

test('nothing is restored over people who are there', async () => {
  const file = join(folder, 'again')
  await backUp(sql, file)
  await expect(restore(sql, file)).rejects.toThrow('people in this database already')
})

test('a file that is something else, or was cut short, is refused and leaves nothing', async () => {
  const file = join(folder, 'cut')
  await writeFile(file, 'not a backup')
  await elsewhere(async other => {
    await expect(restore(other.$client, file)).rejects.toThrow()
    await backUp(sql, file)
    await truncate(file, 2000)
    await expect(restore(other.$client, file)).rejects.toThrow()
    expect(await other.$client`select from person`).toHaveLength(0)
  })
})
