import { generateKeyPairSync, sign } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Tx } from '../../db/client.ts'
import { hashesOf } from '../../src/record/log/entry.ts'
import { headInWords } from '../../src/record/log/head.ts'
import { keyInWords, noteOf, verifierKey } from '../../src/record/log/note.ts'
import { entryOf, rowsAfter } from '../../src/record/rows.ts'
import { growTree } from '../../src/record/tree.ts'
import { verifyRecord } from '../../src/record/verify.ts'
import { addAdmin, addTrainee } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'
import { decide, signNow } from './decisions.ts'

const { db } = await testDatabase()
const length = 1210
const people = [await addTrainee(db), await addTrainee(db)]
const admin = await addAdmin(db)

beforeAll(async () => {
  await decide(db, people, admin, 700)
  await signNow(db)
  await decide(db, people, admin, length - 700)
  await signNow(db)
})

test('a record of 1,210 decisions, as it was written, is whole', async () => {
  const told: number[] = []
  const result = await verifyRecord(db, entries => told.push(entries))
  const [last] = await db.execute<{ root: string }>(sql`select root from tree_head order by id desc limit 1`)
  const root = last!.root
  expect(result).toEqual({ ok: true, entries: length, head: root, heads: 2, signed: length, erased: 0 })
  expect(told).toEqual([1000, length])
})

const tables = ['record_entry', 'record_disclosure', 'record_node', 'tree_head'] as const

describe('the database itself refuses to', () => {
  const changes = {
    record_entry: `badge = 'x'`,
    record_disclosure: `value = '"x"'`,
    record_node: `hash = 'x'`,
    tree_head: `root = 'x'`,
  }
  const statements = tables.flatMap(table => [
    `update ${table} set ${changes[table]}`,
    `delete from ${table}`,
    `truncate ${table} cascade`,
  ])
  test.each([
    ...statements,
    'update record_entry set person_id = null where seq = 3',
    'update record_entry set actor_id = null where seq = 3',
    `update record_entry set person_id = (select max(id) from person) where seq = 3`,
    `update record_entry set format = 1 where seq = 3`,
    `delete from record_disclosure where seq = 3 and name = 'reason'`,
  ])('%s', async statement => {
    await expect(db.execute(sql.raw(statement))).rejects.toMatchObject({
      cause: { message: expect.stringContaining('append-only') as string },
    })
  })
})

describe('whoever can switch the guards off is found out', () => {
  test.each([
    ['kind', `'decline'`],
    ['certificate_code', `'forged'`],
    ['person_id', `(select max(id) from person)`],
    ['person_id', `null`],
    ['badge', `'ambassador'`],
    ['actor_id', `(select min(id) from person)`],
    ['actor_id', `null`],
    ['override', `not override`],
    ['criteria', `jsonb_set(criteria, '{expiresOn}', '"2099-01-01"')`],
    ['commitments', `commitments - 'reason'`],
    ['commitments', `jsonb_set(commitments, '{reason}', '"${'0'.repeat(64)}"')`],
    ['at', `at + interval '1 millisecond'`],
    ['previous_hash', `repeat('1', 64)`],
    ['hash', `repeat('2', 64)`],
  ])('when they change an entry’s %s to %s', async (column, value) => {
    await meddle(`update record_entry set ${column} = ${value} where seq = 1002`, 1002)
  })

  test.each(['holder', 'actor', 'reason', 'standing'])(
    'when they change what it says as “%s”',
    async part => {
      const where = `where seq = 601 and name = '${part}'`
      await meddle(`update record_disclosure set value = '"forged"' ${where}`, 601)
      await meddle(`update record_disclosure set salt = 'forged-forged-forged' ${where}`, 601)
      await meddle(`delete from record_disclosure ${where}`, 601)
      await meddle(`insert into record_disclosure values (601, 'more', 'forged-forged-forged', '1')`, 601)
    },
  )

  test('when they renumber an entry, or take one out of the middle', async () => {
    await meddle(
      `delete from record_disclosure where seq = 1100; delete from record_entry where seq = 1100`,
      1100,
    )
    await meddle(
      `alter table record_disclosure drop constraint record_disclosure_seq_record_entry_seq_fk;
       update record_entry set seq = seq + 1 where seq = ${length}`,
      length,
    )
  })

  test('when they take the last entry off, with all that stands on it', async () => {
    const left = `delete from record_disclosure where seq = ${length}; delete from record_entry where seq = ${length}`
    await meddle(left, null, 'nodes of entries that are not there')
    // One leaf, and the node that it completed with the one before.
    const nodes = `delete from record_node where (level = 0 and index = ${length - 1}) or (level = 1 and index = ${length / 2 - 1})`
    await meddle(
      `${left}; ${nodes}`,
      null,
      `It covers ${length} entries, and stands after entry ${length - 1}.`,
    )
    await meddle(
      `${left}; ${nodes}; delete from tree_head where size = ${length}`,
      // The grant that it revoked.
      length - 2,
      'does not stand as',
    )
  })

  test('when they change the tree', async () => {
    await meddle(`update record_node set hash = repeat('0', 64) where level = 0 and index = 12`, 13)
    await meddle(`update record_node set hash = repeat('0', 64) where level = 5 and index = 1`, 64)
    await meddle(`delete from record_node where level = 10`, 1024)
    await meddle(`insert into record_node values (11, 5, repeat('0', 64))`, null, 'nodes of entries')
  })

  test('when they forge a head, even with a key of their own', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    const [head] = await db.execute<{ note: string }>(sql`select note from tree_head where size = 700`)
    const [origin = '', size, root = ''] = head!.note.split('\n')
    const key = verifierKey(origin, Buffer.from(publicKey.export({ format: 'jwk' }).x!, 'base64url'))
    const text = headInWords({ origin, size: Number(size), root: Buffer.from(root, 'base64') })
    const forged = noteOf(text, key, sign(null, Buffer.from(text), privateKey)).replaceAll("'", "''")
    await meddle(
      `update tree_head set note = '${forged}', key = '${keyInWords(key)}' where size = 700`,
      null,
      'No key that is trusted here has signed it.',
    )
    await meddle(
      `update tree_head set size = 701 where size = 700`,
      null,
      'It covers 700 entries, and stands after',
    )
  })

  test.each([
    [
      'make it valid again',
      'update certificate set ended_at = null, ended_by = null where ended_at is not null',
      5,
    ],
    ['make it another badge', `update certificate set badge = 'mentor' where badge = 'badge-1'`, 2],
    [
      'make it somebody else’s',
      `update certificate set person_id = ${people[0]!.id} where badge = 'badge-1'`,
      2,
    ],
    ['make it last longer', `update certificate set expires_on = '2099-01-01' where badge = 'badge-1'`, 2],
    ['take it away', `delete from certificate where badge = 'badge-1'`, 2],
  ])('when they change a certificate to %s', async (_, statement, seq) => {
    await meddle(statement, seq)
  })

  test('when they rewrite an entry and all hashes after it, for what was signed is another record', async () => {
    await inVain(async tx => {
      await tx.execute(sql`update record_entry set badge = 'ambassador' where seq = 690`)
      await tx.execute(sql`update certificate set badge = 'ambassador'
        where code = (select certificate_code from record_entry where seq = 690)`)
      await rehash(tx, 690)
      expect(await verifyRecord(tx)).toMatchObject({ ok: false, size: 700, seq: null })
    })
  })
})

/** Changes the tables as a superuser can, and sees that the record says which entry is broken. */
async function meddle(statement: string, seq: number | null, problem = ''): Promise<void> {
  await inVain(async tx => {
    await tx.execute(sql.raw(statement))
    expect(await verifyRecord(tx), statement).toMatchObject({
      ...{ ok: false, seq },
      problem: expect.stringContaining(problem) as string,
    })
  })
}

/** Does `work` with all guards switched off, and takes it back. */
async function inVain(work: (tx: Tx) => Promise<void>): Promise<void> {
  const undone = db.transaction(async tx => {
    for (const table of tables) await tx.execute(sql.raw(`alter table ${table} disable trigger user`))
    await work(tx)
    tx.rollback()
  })
  await expect(undone).rejects.toThrow('Rollback')
}

/** Chains the entries from `seq` on anew, and makes the tree anew over all of them. */
async function rehash(tx: Tx, seq: number): Promise<void> {
  const rows = await rowsAfter(tx, seq - 2, length)
  let previous = rows[0]!.hash
  for (const row of rows.slice(1)) {
    const entry = { ...entryOf(row), previousHash: previous }
    const { hash } = hashesOf(entry)
    await tx.execute(
      sql`update record_entry set hash = ${hash}, previous_hash = ${previous} where seq = ${entry.seq}`,
    )
    previous = hash
  }
  await tx.execute(sql`delete from record_node`)
  await growTree(tx)
}
