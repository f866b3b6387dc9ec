import { generateKeyPairSync, sign } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { appendEntry } from '../../src/record/append.ts'
import { latestHead, signHead } from '../../src/record/heads.ts'
import { checkInLog } from '../../src/record/in-log.ts'
import { hashesOf } from '../../src/record/log/entry.ts'
import { openHead } from '../../src/record/log/head.ts'
import { readKey } from '../../src/record/log/note.ts'
import { provesConsistency, provesInclusion } from '../../src/record/log/verify-proofs.ts'
import { proveCertificate, proveConsistency, proveEntry } from '../../src/record/proofs.ts'
import { type Signer, siteSigner } from '../../src/record/signer.ts'
import { verifyRecord } from '../../src/record/verify.ts'
import { addAdmin, addTrainee } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'
import { decide, signNow } from './decisions.ts'

const { db } = await testDatabase()
const people = [await addTrainee(db), await addTrainee(db)]
const admin = await addAdmin(db)

const bytes = (hashes: readonly string[]) => hashes.map(hash => Buffer.from(hash, 'hex'))

test('before anything is signed nothing is proved, and that is said', async () => {
  await expect(proveCertificate(db, 'AAAAAAAAAAAAAAAAAAAAAA')).rejects.toThrow(
    'no certificate with this code',
  )
  await expect(proveConsistency(db, 1)).rejects.toThrow('Nothing of the record is signed yet.')
  expect(await signHead(db, siteSigner())).toBeNull()
  expect(await verifyRecord(db)).toMatchObject({ ok: true, entries: 0, heads: 0 })
})

test('every entry is proved under every head, and every head follows from those before', async () => {
  const [first] = await decide(db, people, admin, 1)
  expect(await checkInLog(db, first!)).toEqual({ state: 'new' })
  await signNow(db)
  for (const more of [1, 2, 4, 5, 8]) {
    await decide(db, people, admin, more)
    await signNow(db)
  }
  const { size } = (await latestHead(db))!
  expect(size).toBe(21)
  for (let to = 1; to <= size; to++) {
    for (let seq = 1; seq <= to; seq++) {
      const { tree, proofs } = await proveEntry(db, seq, to)
      const [{ line, index, path }] = proofs as [(typeof proofs)[number]]
      if (!('entry' in line) || 'leaf' in line) expect.fail('It is of format 2.')
      const claim = { index, size: to, leaf: hashesOf(line.entry).leaf, root: Buffer.from(tree.root, 'hex') }
      expect(provesInclusion(claim, bytes(path))).toBe(true)
      const { from, path: steps } = await proveConsistency(db, seq, to)
      const [fromRoot, toRoot] = bytes([from.root, tree.root]) as [Buffer, Buffer]
      expect(provesConsistency({ from: seq, to, fromRoot, toRoot }, bytes(steps))).toBe(true)
    }
  }
}, 60_000)

test('a certificate that was revoked has two entries, and its page’s check holds', async () => {
  const [, , revoked, valid] = await decide(db, people, admin, 6)
  expect(await checkInLog(db, valid!)).toEqual({ state: 'new' })
  const head = await signNow(db)
  expect(await checkInLog(db, revoked!)).toEqual({
    ...{
      state: 'proved',
      words: true,
      size: head.size,
      signedAt: head.at,
      entries: [head.size - 3, head.size - 1],
    },
  })
  expect(await checkInLog(db, valid!)).toMatchObject({ state: 'proved', entries: [head.size] })
  expect(await checkInLog(db, 'made-up')).toBeNull()
})

test('a certificate whose entry was changed is not proved', async () => {
  const [code] = await decide(db, people, admin, 1)
  const { size } = await signNow(db)
  for (const meddling of [
    sql`update record_entry set badge = 'ambassador' where seq = ${size}`,
    sql`update record_node set hash = repeat('0', 64) where level = 0 and index = ${size - 2}`,
    sql`update tree_head set root = repeat('0', 64), note = replace(note, 'localhost', 'localhos') where size = ${size}`,
  ]) {
    const undone = db.transaction(async tx => {
      for (const table of ['record_entry', 'record_node', 'tree_head'])
        await tx.execute(sql.raw(`alter table ${table} disable trigger user`))
      await tx.execute(meddling)
      expect(await checkInLog(tx, code!)).toEqual({ state: 'broken' })
      tx.rollback()
    })
    await expect(undone).rejects.toThrow('Rollback')
  }
})

test('what is asked for beyond the record is refused with a sentence', async () => {
  const { size } = (await latestHead(db))!
  await expect(proveEntry(db, size + 1)).rejects.toThrow(`The record has no entry ${size + 1}.`)
  await expect(proveEntry(db, 5, 4)).rejects.toThrow('Entry 5 comes after the first 4.')
  await expect(proveEntry(db, 5, size + 1)).rejects.toThrow(`The latest signed head covers ${size} entries.`)
  await expect(proveConsistency(db, 5, 4)).rejects.toThrow('can’t have more entries')
  await decide(db, people, admin, 1)
  await expect(proveEntry(db, size + 1)).rejects.toThrow('not under a signed head yet')
  await expect(proveConsistency(db, size + 1)).rejects.toThrow(
    `The latest signed head covers ${size} entries.`,
  )
})

test('a head is signed when there is something new, and not otherwise', async () => {
  const first = await signNow(db)
  expect(await signNow(db)).toEqual(first)
  await decide(db, people, admin, 1)
  const next = await signNow(db)
  expect(next.size).toBe(first.size + 1)
  const opened = openHead(next.note, [readKey(next.key)!])
  expect(opened).toMatchObject({ head: { origin: 'localhost:4321', size: next.size } })
})

test('another key signs the same record anew, and what the first one signed still holds', async () => {
  const before = await signNow(db)
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const other: Signer = {
    origin: 'elsewhere.example',
    publicKey: Buffer.from(publicKey.export({ format: 'jwk' }).x!, 'base64url'),
    sign: text => sign(null, text, privateKey),
  }
  const after = (await signHead(db, other))!
  expect(after).toMatchObject({ size: before.size, root: before.root })
  const keys = [readKey(before.key)!, readKey(after.key)!]
  expect(await verifyRecord(db, undefined, keys)).toMatchObject({ ok: true })
  expect(await verifyRecord(db)).toMatchObject({
    ...{ ok: false, size: after.size, problem: 'No key that is trusted here has signed it.' },
  })
  expect(await verifyRecord(db, undefined, [keys[1]!])).toMatchObject({ ok: false, size: 1 })
})

test('two heads signed at the same moment are one', async () => {
  await decide(db, people, admin, 1)
  const heads = await Promise.all([1, 2, 3].map(() => signNow(db)))
  expect(new Set(heads.map(({ id }) => id)).size).toBe(1)
})

test('a site that dies between a decision and its head signs it when it is back', async () => {
  const before = await signNow(db)
  const [code] = await decide(db, people, admin, 1)
  const dying: Signer = {
    ...siteSigner(),
    sign: () => {
      throw new Error('The lights went out.')
    },
  }
  await expect(signHead(db, dying)).rejects.toThrow('The lights went out.')
  expect(await latestHead(db)).toEqual(before)
  expect(await checkInLog(db, code!)).toEqual({ state: 'new' })
  await signNow(db)
  expect(await checkInLog(db, code!)).toMatchObject({ state: 'proved' })
})

test('a decision that is taken back leaves neither entry nor leaf', async () => {
  const before = await signNow(db)
  const undone = db.transaction(async tx => {
    await decide(tx, people, admin, 3)
    tx.rollback()
  })
  await expect(undone).rejects.toThrow('Rollback')
  expect(await signNow(db)).toEqual(before)
})

test('decisions at the same moment come one after another, each with its leaf', async () => {
  const before = (await signNow(db)).size
  await Promise.all(
    Array.from({ length: 40 }, (_, nth) =>
      db.transaction(tx =>
        appendEntry(tx, {
          ...{ kind: 'decline', certificateCode: null, badge: 'mentor', override: false, at: new Date() },
          ...{
            personId: people[nth % 2]!.id,
            actorId: admin.id,
            reason: `${nth}`,
            criteria: {},
            standing: {},
          },
        }),
      ),
    ),
  )
  expect((await signNow(db)).size).toBe(before + 40)
  const keys = (await db.execute<{ key: string }>(sql`select distinct key from tree_head`)).map(({ key }) =>
    readKey(key)!,
  )
  expect(await verifyRecord(db, undefined, keys)).toMatchObject({
    ok: true,
    entries: before + 40,
    signed: before + 40,
  })
})

test('nothing is signed that does not extend what was signed before', async () => {
  await decide(db, people, admin, 1)
  const undone = db.transaction(async tx => {
    await tx.execute(sql`alter table tree_head disable trigger user`)
    await tx.execute(
      sql`update tree_head set root = repeat('0', 64) where id = (select max(id) from tree_head)`,
    )
    await expect(signHead(tx as never, siteSigner())).rejects.toThrow('Nothing was signed.')
    tx.rollback()
  })
  await expect(undone).rejects.toThrow('Rollback')
})

test('a decision adds three statements to what is asked of the database: a lock, a read and a write', async () => {
  const asked: string[] = []
  await db.transaction(async tx => {
    const spy = new Proxy(tx, {
      get(target, name, receiver) {
        const value: unknown = Reflect.get(target, name, receiver)
        if (name === 'execute' || name === 'insert' || name === 'select') asked.push(name)
        return typeof value === 'function' ? (value.bind(target) as unknown) : value
      },
    })
    await appendEntry(spy, {
      ...{ kind: 'decline', certificateCode: null, badge: 'mentor', override: false, at: new Date() },
      ...{ personId: people[0]!.id, actorId: admin.id, reason: '', criteria: {}, standing: {} },
    })
  })
  expect(asked).toEqual(['execute', 'execute', 'execute'])
})
