import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { content } from '../../src/authoring/content.ts'
import { Forbidden } from '../../src/errors.ts'
import { directory } from '../../src/people/directory.ts'
import { personalFile } from '../../src/people/personal-file.ts'
import { programmeAtAGlance } from '../../src/people/programme.ts'
import { suspend } from '../../src/people/suspension.ts'
import { auditLog } from '../../src/record/audit-log.ts'
import { recordEntries } from '../../src/record/entries.ts'
import { addAdmin, addCohortOf, addMentorOf, addTrainee } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'

const { db } = await testDatabase()
const admin = await addAdmin(db, { handle: 'alder' })
const handles = async (filter: Parameters<typeof directory>[3]) =>
  (await directory(db, content(), admin, filter)).people.map(({ handle }) => handle)

test('an admin finds people by the beginning of a handle, a name or an address, whatever its letters', async () => {
  await addTrainee(db, { handle: 'yarrow', displayName: 'Hope', email: 'first@example.org' })
  await addTrainee(db, { handle: 'hopeful', displayName: 'Zinnia', email: 'second@example.org' })
  await addTrainee(db, { handle: 'zelkova', displayName: '100% me_', email: 'hope@example.org' })
  expect(await handles({ words: '@HOPE' })).toEqual(['hopeful', 'yarrow', 'zelkova'])
  expect(await handles({ words: '100%' })).toEqual(['zelkova'])
  expect(await handles({ words: '%' })).toEqual([])
  expect(await handles({ words: 'zelkov_' })).toEqual([])
})

test('the list is narrowed to mentors, admins or the suspended', async () => {
  await addMentorOf(db, [], { handle: 'maple' })
  const thorn = await addTrainee(db, { handle: 'thorn' })
  await db.transaction(tx => suspend(tx, admin, { personId: thorn.id, reason: 'A test.' }))
  expect(await handles({ role: 'mentor' })).toEqual(['maple'])
  expect(await handles({ role: 'admin' })).toEqual(['alder'])
  expect(await handles({ role: 'suspended' })).toEqual(['thorn'])
  expect(await personalFile(db, admin, thorn)).toMatchObject({
    suspendedBecause: 'A test.',
    suspendedBy: 'alder',
  })
})

test('a badge whose last day is over is not among those that somebody holds, before anybody wrote it down', async () => {
  const willow = await addMentorOf(db, [], { handle: 'willow' })
  await db.execute(
    sql`update certificate set expires_on = now() - interval '2 days' where person_id = ${willow.id}`,
  )
  expect(await handles({ role: 'mentor', words: 'willow' })).toEqual([])
  const { people } = await directory(db, content(), admin, { words: 'willow' })
  expect(people).toMatchObject([{ handle: 'willow', badges: [] }])
})

test('a long list is read page by page, everybody once', async () => {
  for (let index = 0; index < 60; index++) await addTrainee(db, { handle: `many-${index}` })
  const first = await directory(db, content(), admin, { words: 'many' })
  const second = await directory(db, content(), admin, { words: 'many', after: first.next! })
  expect(first.people).toHaveLength(50)
  expect(second).toMatchObject({ next: null })
  expect(new Set([...first.people, ...second.people].map(({ handle }) => handle)).size).toBe(60)
})

test('an admin sees what waits', async () => {
  const before = await programmeAtAGlance(db, admin)
  await addCohortOf(db, [await addTrainee(db)])
  await addTrainee(db)
  expect(await programmeAtAGlance(db, admin)).toEqual({
    ...before,
    people: before.people + 2,
    withoutCohort: before.withoutCohort + 1,
  })
})

test('the audit log is read by person, by subject and page by page', async () => {
  const busy = await addAdmin(db, { handle: 'busy' })
  const people = await Promise.all(Array.from({ length: 55 }, () => addTrainee(db)))
  for (const { id } of people)
    await db.transaction(tx => suspend(tx, busy, { personId: id, reason: 'A test.' }))

  const first = await auditLog(db, admin, { person: busy.id })
  expect(first.lines).toHaveLength(50)
  expect(first.lines[0]).toMatchObject({
    by: 'busy',
    action: 'person.suspended',
    whom: people.at(-1)!.handle,
  })
  const second = await auditLog(db, admin, { person: busy.id, before: first.next! })
  expect(second.lines.map(({ action }) => action)).toEqual(Array(5).fill('person.suspended'))
  expect((await auditLog(db, admin, { person: people[0]!.id })).lines).toHaveLength(1)
  expect((await auditLog(db, admin, { person: busy.id, noun: 'badge' })).lines).toEqual([])
})

test('nobody but an admin reads any of it', async () => {
  const person = await addMentorOf(db)
  await expect(directory(db, content(), person)).rejects.toThrow(Forbidden)
  await expect(personalFile(db, person, person)).rejects.toThrow(Forbidden)
  await expect(programmeAtAGlance(db, person)).rejects.toThrow(Forbidden)
  await expect(auditLog(db, person)).rejects.toThrow(Forbidden)
  await expect(recordEntries(db, person)).rejects.toThrow(Forbidden)
})
