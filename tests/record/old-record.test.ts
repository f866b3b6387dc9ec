import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import { afterAll, expect, inject, test } from 'vitest'
import { connect, type Db } from '../../db/client.ts'
import { migrate } from '../../db/migrate.ts'
import { eraseFromRecord } from '../../src/record/erase.ts'
import { canonical, genesis, type OldEntry, oldHashesOf } from '../../src/record/log/entry.ts'
import { verifyExport } from '../../src/record/log/verify-export.ts'
import { growTreeWhereBehind } from '../../src/record/tree.ts'
import { verifyRecord } from '../../src/record/verify.ts'
import { databaseAt } from '../support/cluster.ts'
import { decide, exported, signNow } from './decisions.ts'

/*
 * A record that was begun before there was a tree: its database is at the migration before, has entries that were
 * hashed in the clear, and is then brought up to this version.
 */
const name = `old_record_${process.pid}`
const server = postgres(inject('server'), { max: 1, onnotice: () => {} })
await server.unsafe(`create database ${name}`)
const url = databaseAt(inject('server'), name)
const folder = mkdtempSync(join(tmpdir(), 'trellis-old-record-'))
const db: Db = connect(url)
afterAll(async () => {
  await db.$client.end()
  await server.unsafe(`drop database ${name}`)
  await server.end()
  rmSync(folder, { recursive: true })
})

await migrateBefore('transparency_log')
const length = 12
await writeOldRecord()
await migrate(url)

test('a record that is older than its tree is whole once the tree has grown over it', async () => {
  expect(await growTreeWhereBehind(db)).toBe(length)
  expect(await growTreeWhereBehind(db)).toBe(0)
  expect(await verifyRecord(db)).toMatchObject({ ok: true, entries: length, heads: 0 })
})

test('decisions go on after it, in one chain and one tree', async () => {
  await decide(db, [{ id: 1 }, { id: 2 }], { id: 3 }, 6)
  await signNow(db)
  expect(await verifyRecord(db)).toMatchObject({ ok: true, entries: length + 6, signed: length + 6 })
})

test('an old entry that somebody changed is still found', async () => {
  for (const statement of [
    `update record_entry set hash = repeat('0', 64) where seq = 5`,
    `update record_entry set badge = 'x' where seq = 5`,
    `update record_disclosure set value = '"x"' where seq = 5 and name = 'reason'`,
    `delete from record_disclosure where seq = 5 and name = 'reason'`,
    `update record_entry set person_id = 2 where seq = 5`,
    `update record_node set hash = repeat('0', 64) where level = 0 and index = 4`,
  ]) {
    const undone = db.transaction(async tx => {
      for (const table of ['record_entry', 'record_disclosure', 'record_node'])
        await tx.execute(sql.raw(`alter table ${table} disable trigger user`))
      await tx.execute(sql.raw(statement))
      expect(await verifyRecord(tx), statement).toMatchObject({ ok: false, seq: 5 })
      tx.rollback()
    })
    await expect(undone).rejects.toThrow('Rollback')
  }
})

test('an export has old entries in full, and a public one their leaves alone', async () => {
  const [whole, open] = [await exported(db), await exported(db, true)]
  expect(whole.filter(line => line.includes('An old reason'))).toHaveLength(length)
  expect(open.join('')).not.toMatch(/An old reason|personId/)
  for (const lines of [whole, open])
    expect(await verdictOn(lines)).toMatchObject({ ok: true, entries: length + 6 })
})

test('what an old entry says of a person can be erased: its words can’t be checked then, its place can', async () => {
  await db.transaction(tx => eraseFromRecord(tx, 2))
  await signNow(db)
  const lines = await exported(db)
  const old = lines.filter(line => line.includes('"format":1'))
  expect(old.filter(line => line.includes('"entry"'))).toHaveLength(length / 2)
  expect(lines.join('')).not.toContain('"personId":2')
  expect(await verdictOn(lines)).toMatchObject({ ok: true, entries: length + 7 })
  expect(await verifyRecord(db)).toMatchObject({ ok: true, entries: length + 7 })

  const nth = lines.findIndex(line => line.includes('"format":1') && line.includes('"seq":2}'))
  const forged = lines.with(nth, `${canonical({ format: 1, seq: 2, leaf: '0'.repeat(64) })}\n`)
  expect(await verdictOn(forged)).toMatchObject({ ok: false, head: length + 6 })
  expect(await verdictOn(await exported(db, true))).toMatchObject({ ok: true })
})

const verdictOn = (lines: readonly string[]) =>
  verifyExport(
    (async function* () {
      for (const line of lines) yield Promise.resolve(Buffer.from(line))
    })(),
  )

/** Applies all migrations that come before the one of this name. */
async function migrateBefore(migration: string): Promise<void> {
  cpSync('db/migrations', folder, { recursive: true })
  const file = join(folder, 'meta/_journal.json')
  const journal = JSON.parse(readFileSync(file, 'utf8')) as { entries: { tag: string }[] }
  const end = journal.entries.findIndex(({ tag }) => tag.endsWith(migration))
  writeFileSync(file, JSON.stringify({ ...journal, entries: journal.entries.slice(0, end) }))
  await applyMigrations(db, { migrationsFolder: folder })
}

/** Declines of two people in turn, as they were written then. */
async function writeOldRecord(): Promise<void> {
  for (const handle of ['one', 'two', 'three'])
    await db.execute(sql`
      insert into person (handle, display_name, email, kind, age_band, joined_on, password_hash)
      values (${handle}, ${handle}, ${`${handle}@example.org`}, 'listener', 'adult', '2026-01-01', 'none')`)
  for (let seq = 1, previousHash = genesis; seq <= length; seq++) {
    const entry: OldEntry = {
      ...{ seq, kind: 'decline', certificateCode: null, personId: seq % 2 === 0 ? 2 : 1, badge: 'mentor' },
      ...{
        actorId: seq % 3 === 0 ? null : 3,
        override: false,
        reason: `An old reason, “${seq}” ☀️.`,
        previousHash,
      },
      ...{ criteria: { b: 2.5, a: 'é' }, standing: { have: seq }, at: new Date(1e12 + seq).toISOString() },
    }
    const { hash } = oldHashesOf(entry)
    await db.execute(sql`
      insert into record_entry (seq, kind, certificate_code, person_id, badge, actor_id, override, reason, criteria,
        standing, at, previous_hash, hash)
      values (${seq}, ${entry.kind}, null, ${entry.personId}, ${entry.badge}, ${entry.actorId}, false, ${entry.reason},
        ${JSON.stringify(entry.criteria)}::jsonb, ${JSON.stringify(entry.standing)}::jsonb, ${entry.at},
        ${previousHash}, ${hash})`)
    previousHash = hash
  }
}
