import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { draft } from '../../db/schema/drafts.ts'
import { auditEntry } from '../../db/schema/record.ts'
import { forgetDraft } from '../../src/drafts/forget-draft.ts'
import { draftInput, keepDraft } from '../../src/drafts/keep-draft.ts'
import { keptDraft } from '../../src/drafts/kept-draft.ts'
import { sweep } from '../../src/jobs/sweep.ts'
import type { Person } from '../../src/people/person.ts'
import { addTrainee } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'

const { db, sql } = await testDatabase()

const keep = (person: Person, fields: Record<string, unknown>) =>
  db.transaction(tx => keepDraft(tx, person, draftInput.parse(fields)))
const wordsOf = async (person: Person, name: string) => (await keptDraft(db, person, name))?.words

test('what somebody has typed is there for them, and for nobody else', async () => {
  const [hope, river] = [await addTrainee(db), await addTrainee(db)]
  await keep(hope, { name: 'reply:1', words: 'Half a thought' })
  expect(await wordsOf(hope, 'reply:1')).toBe('Half a thought')
  expect(await wordsOf(river, 'reply:1')).toBeUndefined()
  expect(await wordsOf(hope, 'reply:2')).toBeUndefined()
})

test('later words take the place of earlier ones; those that were typed before them and come late do not', async () => {
  const hope = await addTrainee(db)
  await keep(hope, { name: 'reply:1', words: 'First' })
  await keep(hope, { name: 'reply:1', words: 'Second' })
  await keep(hope, { name: 'reply:1', words: 'Typed offline an hour ago', ago: '3600000' })
  expect(await wordsOf(hope, 'reply:1')).toBe('Second')
})

test('a draft says how long ago it was typed, not how long ago it came', async () => {
  const hope = await addTrainee(db)
  await keep(hope, { name: 'reply:1', words: 'Offline', ago: '60000' })
  const kept = await keptDraft(db, hope, 'reply:1')
  expect(kept?.ago).toBeGreaterThanOrEqual(60_000)
  expect(kept?.ago).toBeLessThan(70_000)
})

test('a draft goes when its words are deleted or posted', async () => {
  const hope = await addTrainee(db)
  await keep(hope, { name: 'reply:1', words: 'Half' })
  await keep(hope, { name: 'reply:1', words: ' \n' })
  expect(await wordsOf(hope, 'reply:1')).toBeUndefined()
  await keep(hope, { name: 'reply:1', words: 'Half' })
  await db.transaction(tx => forgetDraft(tx, hope, 'reply:1'))
  expect(await wordsOf(hope, 'reply:1')).toBeUndefined()
})

test('words that come after their form was posted are nobody’s draft any more', async () => {
  const [hope, river] = [await addTrainee(db), await addTrainee(db)]
  const key = randomUUID()
  await sql`insert into idempotency_key (owner, key, digest) values (${`person:${hope.id}`}, ${key}, 'a')`
  await keep(hope, { name: 'reply:1', words: 'Late', form: key })
  await keep(river, { name: 'reply:1', words: 'In time', form: key })
  expect(await wordsOf(hope, 'reply:1')).toBeUndefined()
  expect(await wordsOf(river, 'reply:1')).toBe('In time')
})

test('of more than a hundred drafts the oldest go', async () => {
  const hope = await addTrainee(db)
  for (let n = 1; n <= 102; n++)
    await keep(hope, { name: `reply:${n}`, words: 'Words', ago: String((200 - n) * 1000) })
  const rows = await db.select({ name: draft.name }).from(draft).where(eq(draft.personId, hope.id))
  expect(rows).toHaveLength(100)
  expect(await wordsOf(hope, 'reply:2')).toBeUndefined()
  expect(await wordsOf(hope, 'reply:3')).toBe('Words')
})

test('drafts that nobody came back to in 90 days are swept', async () => {
  const hope = await addTrainee(db)
  await keep(hope, { name: 'reply:1', words: 'Old' })
  await keep(hope, { name: 'reply:2', words: 'New' })
  await sql`update draft set updated_at = now() - interval '91 days' where name = 'reply:1' and person_id = ${hope.id}`
  await sweep()
  expect(await wordsOf(hope, 'reply:1')).toBeUndefined()
  expect(await wordsOf(hope, 'reply:2')).toBe('New')
})

test.each([
  'reflection:a-course/a-module',
  'reply:12',
  'edit:12:3',
  'grade:12',
  'to-change:12',
  'appeal:7',
  'topic:community',
  'topic-title:7',
])('%s is the name of a draft', name => {
  expect(draftInput.safeParse({ name, words: '' }).success).toBe(true)
})

test.each([
  '',
  'reply',
  'reply:',
  'reply:0',
  'reply:x',
  'other:1',
  'reply:1\nreply:2',
  'reply:1 ',
  'topic:-1',
])('%j is the name of none', name => {
  expect(draftInput.safeParse({ name, words: '' }).success).toBe(false)
})

test('the audit log says nothing of what somebody has not said', async () => {
  const hope = await addTrainee(db)
  await keep(hope, { name: 'reply:1', words: 'Half a thought' })
  expect(await db.select().from(auditEntry).where(eq(auditEntry.actorId, hope.id))).toEqual([])
})
