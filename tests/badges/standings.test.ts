import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { content } from '../../src/authoring/content.ts'
import { compareStandings } from '../../src/badges/compare-standings.ts'
import { certificatesOf } from '../../src/badges/certificates.ts'
import { dutiesOf } from '../../src/badges/duties.ts'
import { queue } from '../../src/badges/queue.ts'
import { rebuildStandings } from '../../src/badges/everybody/rebuild-standings.ts'
import { reviewStanding } from '../../src/badges/review-standing.ts'
import { standingOf, standingsOf } from '../../src/badges/standing-of.ts'
import { Forbidden, NotFound } from '../../src/errors.ts'
import { addAdmin, addTrainee } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'
import { completeCourse, gather } from './deeds.ts'

const { db } = await testDatabase()
const admin = await addAdmin(db)

test('what is kept agrees with the facts after every deed', async () => {
  const person = await addTrainee(db)
  await gather(db, person, 'group_chat', 3)
  await completeCourse(db, person, 'introduction-to-group-support')
  expect(await compareStandings(db, content())).toEqual([])
})

test('a fact that came in past the site is found by the comparison, which changes nothing, and mended by the rebuild', async () => {
  const person = await addTrainee(db)
  await completeCourse(db, person, 'introduction-to-group-support')
  await db.execute(sql`insert into evidence (person_id, kind, source, external_id, occurred_on, count, state)
    values (${person.id}, 'group_chat', 'elsewhere', 'x', '2026-02-01', 5, 'confirmed')`)

  const expected = [{ personId: person.id, badge: 'room-supporter', kept: '{}', judged: '{[2026-01-29,)}' }]
  expect(await compareStandings(db, content())).toEqual(expected)
  expect(await compareStandings(db, content())).toEqual(expected)
  expect(await rebuildStandings(db, content())).toBe(1)
  expect(await compareStandings(db, content())).toEqual([])
})

test('somebody without any standing kept is found, too', async () => {
  const { id } = await addTrainee(db)
  await db.execute(sql`delete from standing where person_id = ${id}`)
  expect(await compareStandings(db, content())).toHaveLength(content().badges.length)
  await db.transaction(tx => reviewStanding(tx, content(), id))
})

test('a standing is judged from the facts, criterion by criterion', async () => {
  const person = await addTrainee(db)
  await gather(db, person, 'group_chat', 1)
  const badge = content().badge('room-supporter')!
  const standing = await standingOf(db, content(), person.id, badge)
  expect(standing).toMatchObject({ kind: 'all', met: false, have: 1, need: 3 })
  expect((await standingsOf(db, content(), person.id)).get('room-supporter')).toEqual(standing)
  await expect(standingOf(db, content(), 999_999, badge)).rejects.toThrow(NotFound)
})

test('a trainee sees nobody else’s certificates and duties', async () => {
  const [person, other] = [await addTrainee(db), await addTrainee(db)]
  await expect(certificatesOf(db, other, person.id)).rejects.toThrow(Forbidden)
  expect(() => dutiesOf(db, other, person.id)).toThrow(Forbidden)
})

test('a queue of sixty is read page by page, everybody once, whatever the address says', async () => {
  const people = await Promise.all(Array.from({ length: 60 }, () => addTrainee(db)))
  for (const person of people) await gather(db, person, 'group_chat', 2)
  for (const person of people) await completeCourse(db, person, 'introduction-to-group-support')

  const seen: number[] = []
  for (let after: string | null = null; ;) {
    const { waiting, next } = await queue(db, content(), admin, { badge: 'room-supporter', after })
    seen.push(...waiting.map(({ personId }) => personId))
    if (next === null) break
    after = next
  }
  const { waiting } = await queue(db, content(), admin)
  expect(new Set(waiting.map(({ since }) => since))).toEqual(new Set([new Date().toISOString().slice(0, 10)]))
  expect(new Set(seen).size).toBe(seen.length)
  expect(seen).toEqual(expect.arrayContaining(people.map(({ id }) => id)))
  for (const after of ['x', '2026-99-99.1.x', '2026-01-01.99999999999999999999.x', "'; drop table person"])
    expect((await queue(db, content(), admin, { after })).waiting.length).toBeGreaterThan(0)
})

test('suspended people do not wait for a badge', async () => {
  const person = await addTrainee(db)
  await gather(db, person, 'group_chat', 2)
  await completeCourse(db, person, 'introduction-to-group-support')
  await db.execute(
    sql`insert into suspension (person_id, by_id, reason) values (${person.id}, ${admin.id}, 'A test.')`,
  )
  const { waiting } = await queue(db, content(), admin, { after: '2026-01-01.0.' })
  expect(waiting.some(({ personId }) => personId === person.id)).toBe(false)
})
