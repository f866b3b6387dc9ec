import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Db, Tx } from '../../db/client.ts'
import { certificate } from '../../db/schema/badges.ts'
import { recordEntry } from '../../db/schema/record.ts'
import { genesis, hashOf } from '../../src/record/entry.ts'
import { verifyRecord } from '../../src/record/verify.ts'
import { addTrainee } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'

const { db } = await testDatabase()
const length = 3000

beforeAll(async () => {
  const { id } = await addTrainee(db)
  await writeRecord(db, id)
})

test('a record of 3,000 decisions, as it was written, is whole', async () => {
  const told: number[] = []
  const result = await verifyRecord(db, entries => told.push(entries))
  const [last] = await db.execute<{ hash: string }>(sql`select hash from record_entry where seq = ${length}`)
  expect(result).toEqual({ ok: true, entries: length, head: last!.hash })
  expect(told).toEqual([1000, 2000, 3000])
})

describe('the database itself refuses to', () => {
  test.each(['update record_entry set reason = $$x$$', 'delete from record_entry', 'truncate record_entry'])(
    '%s',
    async statement => {
      await expect(db.execute(sql.raw(statement))).rejects.toMatchObject({
        cause: { message: expect.stringContaining('append-only') as string },
      })
    },
  )
})

describe('whoever can switch the guard off is found out', () => {
  test.each([
    ['kind', `'decline'`],
    ['certificate_code', `'forged'`],
    ['person_id', `(select max(id) from person)`],
    ['badge', `'ambassador'`],
    ['actor_id', `(select max(id) from person)`],
    ['override', `not override`],
    ['reason', `'Another reason.'`],
    ['criteria', `jsonb_set(criteria, '{expiresOn}', '"2099-01-01"')`],
    ['standing', `jsonb_set(standing, '{have}', '99')`],
    ['at', `at + interval '1 millisecond'`],
    ['previous_hash', `repeat('1', 64)`],
    ['hash', `repeat('2', 64)`],
  ])('when they change an entry’s %s', async (column, value) => {
    await addTrainee(db)
    await meddle(`update record_entry set ${column} = ${value} where seq = 1501`, async tx => {
      expect(await verifyRecord(tx)).toMatchObject({ ok: false, seq: 1501 })
    })
  })

  test('when they renumber an entry', async () => {
    await meddle(`update record_entry set seq = seq + 1 where seq = ${length}`, async tx => {
      expect(await verifyRecord(tx)).toMatchObject({ ok: false, problem: `Entry ${length} is missing.` })
    })
  })

  test('when they take one out of the middle', async () => {
    await meddle('delete from record_entry where seq = 1200', async tx => {
      expect(await verifyRecord(tx)).toMatchObject({
        ok: false,
        seq: 1201,
        problem: 'Entry 1200 is missing.',
      })
    })
  })

  test('when they take a grant off the end', async () => {
    await meddle(`delete from record_entry where seq = ${length}`, async tx => {
      expect(await verifyRecord(tx)).toMatchObject({
        ok: false,
        seq: null,
        problem: `The record knows no grant of certificate code-${length}.`,
      })
    })
  })

  test('when they forge an entry with a hash that fits, for the next one no longer follows', async () => {
    const [entry] = await db
      .select()
      .from(recordEntry)
      .where(sql`seq = 40`)
    const hash = hashOf({ ...entry!, reason: 'Forged.' })
    await meddle(`update record_entry set reason = 'Forged.', hash = '${hash}' where seq = 40`, async tx => {
      expect(await verifyRecord(tx)).toMatchObject({ ok: false, seq: 41 })
    })
  })

  test.each([
    [
      'make it valid again',
      'update certificate set ended_at = null, ended_by = null where ended_at is not null',
      2,
    ],
    ['make it another badge', `update certificate set badge = 'mentor' where code = 'code-7'`, 7],
    ['make it last longer', `update certificate set expires_on = '2099-01-01' where code = 'code-7'`, 7],
    ['take it away', `delete from certificate where code = 'code-7'`, 7],
  ])('when they change a certificate to %s', async (_, statement, seq) => {
    await meddle(statement, async tx => {
      expect(await verifyRecord(tx)).toMatchObject({ ok: false, seq })
    })
  })
})

/** Changes the tables as a superuser can, for as long as `during` looks at them. */
async function meddle(statement: string, during: (tx: Tx) => Promise<void>): Promise<void> {
  const undone = db.transaction(async tx => {
    await tx.execute(sql`alter table record_entry disable trigger record_entry_append_only`)
    await tx.execute(sql.raw(statement))
    await during(tx)
    tx.rollback()
  })
  await expect(undone).rejects.toThrow('Rollback')
}

/** 3,000 grants, of which the first is revoked by the second entry. */
async function writeRecord(db: Db, personId: number): Promise<void> {
  const entries: (typeof recordEntry.$inferSelect)[] = []
  for (let seq = 1, previousHash = genesis; seq <= length; seq++) {
    const said = {
      ...{ seq, kind: seq === 2 ? ('revocation' as const) : ('grant' as const), previousHash },
      ...{
        certificateCode: `code-${seq === 2 ? 1 : seq}`,
        personId,
        badge: `badge-${seq === 2 ? 1 : seq}`,
        actorId: null,
      },
      ...{ override: false, reason: 'Because ☀️ “so”.', at: new Date(Date.UTC(2026, 0, 1) + seq) },
      ...{ criteria: { expiresOn: null, b: [1, 2.5], a: 'é' }, standing: { have: 4, need: 4 } },
    }
    entries.push({ ...said, hash: hashOf(said) })
    previousHash = entries.at(-1)!.hash
  }
  const grants = entries.filter(({ kind }) => kind === 'grant')
  const ended = { endedAt: entries[1]!.at, endedBy: 'revocation' as const }
  for (let from = 0; from < length; from += 500) {
    await db.insert(recordEntry).values(entries.slice(from, from + 500))
    await db.insert(certificate).values(
      grants.slice(from, from + 500).map(({ seq, certificateCode, at, badge }) => ({
        ...{ code: certificateCode!, personId, grantedAt: at },
        badge,
        ...(seq === 1 && ended),
      })),
    )
  }
}
