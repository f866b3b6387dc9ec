import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { eraseFromRecord } from '../../src/record/erase.ts'
import { recordEntries } from '../../src/record/entries.ts'
import { verifyExport } from '../../src/record/log/verify-export.ts'
import { verifyRecord } from '../../src/record/verify.ts'
import { addAdmin, addTrainee } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'
import { decide, exported, signNow } from './decisions.ts'

const { db } = await testDatabase()
const [staying, leaving] = [await addTrainee(db), await addTrainee(db, { handle: 'leaving' })]
const [admin, former] = [await addAdmin(db), await addAdmin(db, { handle: 'former' })]

await decide(db, [staying, leaving], admin, 10)
await decide(db, [staying, leaving], former, 10)
await signNow(db)

const verdictOn = async (lines: readonly string[]) =>
  verifyExport(
    (async function* () {
      for (const line of lines) yield Promise.resolve(Buffer.from(line))
    })(),
  )

const disclosed = async (seq: number) =>
  (
    await db.execute<{ name: string }>(
      sql`select name from record_disclosure where seq = ${seq} order by name`,
    )
  ).map(({ name }) => name)

test('what is erased of a person is gone, what is of others stays, and the record verifies as before', async () => {
  const about = (await recordEntries(db, admin, { person: leaving.id })).entries.map(({ seq }) => seq)
  expect(about.length).toBeGreaterThan(5)
  const before = await exported(db)
  const saying = before.filter(line => line.includes(`"holder":["`) && line.includes(`,${leaving.id}]`))
  expect(saying.length).toBeGreaterThan(5)

  expect(await db.transaction(tx => eraseFromRecord(tx, leaving.id, admin))).toBe(about.length)
  await signNow(db)

  for (const seq of about) expect(await disclosed(seq)).toEqual(['actor'])
  expect(await disclosed(1)).toEqual(['actor', 'holder', 'reason', 'standing'])
  const [left] = await db.execute<{ count: string }>(
    sql`select count(*) from record_entry where person_id = ${leaving.id}`,
  )
  expect(left!.count).toBe('0')

  const whole = { ok: true, entries: 21, erased: about.length, signed: 21 }
  expect(await verifyRecord(db)).toMatchObject(whole)
  const after = await exported(db)
  expect(await verdictOn(after)).toMatchObject(whole)
  // What anybody may read is the same as before, letter by letter.
  const openly = (await exported(db, true)).filter(line => line.startsWith('{"entry"'))
  for (const [nth, line] of before.filter(text => text.includes('"entry":')).entries())
    expect(openly[nth]).toContain((JSON.parse(line) as { hash: string }).hash)
})

test('an admin reads that an entry was erased, and who decided where it was not', async () => {
  const { entries } = await recordEntries(db, admin)
  const [erasure, ...others] = entries
  expect(erasure).toMatchObject({ kind: 'erasure', handle: null, badge: null, by: admin.handle, reason: '' })
  const gone = others.filter(({ handle }) => handle === null)
  expect(gone.length).toBeGreaterThan(5)
  for (const entry of gone) expect(entry.reason).toBe('')
})

test('an admin who leaves decided what they decided, without their name', async () => {
  await db.transaction(tx => eraseFromRecord(tx, former.id, former))
  await signNow(db)
  const { entries } = await recordEntries(db, admin, { person: staying.id })
  const theirs = entries.filter(({ actorErased }) => actorErased)
  expect(theirs.length).toBeGreaterThan(3)
  for (const entry of theirs) expect(entry).toMatchObject({ by: null, handle: staying.handle })
  expect(theirs.some(({ reason }) => reason.startsWith('Because'))).toBe(true)
  // The erasure does not name who erased themselves.
  const [erasure] = (await recordEntries(db, admin)).entries
  expect(erasure).toMatchObject({ kind: 'erasure', by: null, actorErased: false })
  expect(await verifyRecord(db)).toMatchObject({ ok: true })
})

test('who is not in the record leaves no trace in it', async () => {
  const stranger = await addTrainee(db)
  expect(await db.transaction(tx => eraseFromRecord(tx, stranger.id))).toBe(0)
  expect(await verifyRecord(db)).toMatchObject({ ok: true, entries: 22 })
})

test('erasing twice is erasing once', async () => {
  expect(await db.transaction(tx => eraseFromRecord(tx, leaving.id))).toBe(0)
})

test('the account itself can be deleted then, as far as the record goes', async () => {
  const undone = db.transaction(async tx => {
    for (const table of ['certificate', 'standing', 'notification'])
      await tx.execute(sql.raw(`delete from ${table} where person_id = ${leaving.id}`))
    await tx.execute(sql`delete from person where id = ${leaving.id}`)
    tx.rollback()
  })
  await expect(undone).rejects.toThrow('Rollback')
})

test.each([
  [
    'point to somebody else instead',
    `update record_entry set person_id = ${staying.id} where person_id is null`,
  ],
  [
    'empty a pointer that was not erased',
    `update record_entry set person_id = null where person_id = ${staying.id}`,
  ],
  ['change more than the pointer', `update record_entry set person_id = null, badge = 'x' where seq = 2`],
  [
    'say what was erased again',
    `insert into record_disclosure values (2, 'reason', 'a', '1'); update record_disclosure set value = '2' where seq = 2 and name = 'reason'`,
  ],
  ['erase the erasure', `delete from record_disclosure where name = 'erased'`],
  ['erase what no erasure names', `delete from record_disclosure where seq = 1 and name = 'standing'`],
  [
    'have something else than an erasure name it',
    `insert into record_disclosure values (3, 'erased', 'a', '[[1, "standing"]]'); delete from record_disclosure where seq = 1 and name = 'standing'`,
  ],
])('the database refuses to %s', async (_, statement) => {
  await expect(db.execute(sql.raw(statement))).rejects.toMatchObject({
    cause: { message: expect.stringContaining('append-only') as string },
  })
  expect(await verifyRecord(db)).toMatchObject({ ok: true })
})

test('an erasure that is on the record and was not carried out is found', async () => {
  const undone = db.transaction(async tx => {
    await tx.execute(
      sql`insert into record_disclosure values (2, 'reason', 'abcdefghijklmnopqrstuv', '"back"')`,
    )
    expect(await verifyRecord(tx as never)).toMatchObject({ ok: false, seq: 2 })
    tx.rollback()
  })
  await expect(undone).rejects.toThrow('Rollback')
})
