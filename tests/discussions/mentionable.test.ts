import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { content } from '../../src/authoring/content.ts'
import { mentionable, namesQuery } from '../../src/discussions/composer/mentionable.ts'
import { community } from '../../src/discussions/policy.ts'
import { NotFound } from '../../src/errors.ts'
import type { Person } from '../../src/people/person.ts'
import { addAdmin, addCohortOf, addMentorOf, addTrainee, openCourses } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'

const { db } = await testDatabase()
await openCourses(db)

const hope = await addTrainee(db, { handle: 'hope', displayName: 'Hope' })
const holly = await addTrainee(db, { handle: 'holly', displayName: 'Zoe' })
const outside = await addTrainee(db, { handle: 'hollow', displayName: 'Hollow' })
const named = await addTrainee(db, { handle: 'zed', displayName: 'Holger' })
const cohort = await addCohortOf(db, [hope, holly, named])
const mentor = await addMentorOf(db, [cohort.id], { handle: 'home', displayName: 'Maple' })
const otherMentor = await addMentorOf(db, [], { handle: 'hover' })
const admin = await addAdmin(db)

const ask = async (person: Person, begins: string, cohortId: number | null = cohort.id) =>
  (await mentionable(db, content(), person, { cohortId, begins })).map(({ handle }) => handle)

test('in a cohort one finds its people and its mentors, by handle and then by name', async () => {
  expect(await ask(hope, 'ho')).toEqual(['holly', 'home', 'zed'])
  expect(await ask(hope, 'HOLL')).toEqual(['holly'])
  expect(await ask(mentor, 'ho')).toEqual(['holly', 'hope', 'zed'])
})

test('who mentors there is said', async () => {
  const found = await mentionable(db, content(), hope, { cohortId: cohort.id, begins: 'hom' })
  expect(found).toEqual([{ handle: 'home', displayName: 'Maple', mentor: true }])
})

test('in the community one finds everybody', async () => {
  expect(await ask(hope, 'ho', null)).toEqual(['hollow', 'holly', 'home', 'hover', 'zed'])
})

test('in a self-paced cohort one finds who takes it, and every mentor', async () => {
  const [row] = await db.execute<{ id: string }>(
    sql`select id from cohort where self_paced and course = 'moderator-training'`,
  )
  const id = Number(row!.id)
  await db.execute(sql`insert into enrolment (cohort_id, person_id, course)
    select ${id}, id, 'moderator-training' from person where handle in ('hope', 'holly')`)
  expect(await ask(hope, 'ho', id)).toEqual(['holly', 'home', 'hover'])
})

test('whoever left the cohort is found, for they may still read there', async () => {
  const left = await addTrainee(db, { handle: 'hourglass' })
  const theirs = await addCohortOf(db, [hope, left].slice(1))
  await db.execute(sql`update enrolment set ended_at = now() where cohort_id = ${theirs.id}`)
  expect(await ask(admin, 'hour', theirs.id)).toEqual(['hourglass'])
})

test('nobody is told who is in a cohort that they may not see', async () => {
  await expect(ask(outside, 'ho')).rejects.toThrow(NotFound)
  await expect(ask(otherMentor, 'ho')).rejects.toThrow(NotFound)
  await expect(ask(hope, 'ho', 999_999)).rejects.toThrow(NotFound)
})

test('the suspended are not found', async () => {
  const gone = await addTrainee(db, { handle: 'hoarder' })
  await db.execute(
    sql`insert into suspension (person_id, by_id, reason) values (${gone.id}, ${admin.id}, 'A test.')`,
  )
  expect(await ask(hope, 'hoa', null)).toEqual([])
})

test('signs that mean something to the database mean nothing here', async () => {
  expect(await ask(hope, '%', null)).toEqual([])
  expect(await ask(hope, '_', null)).toEqual([])
  expect(await ask(hope, '\\', null)).toEqual([])
})

test('among a hundred thousand the answer comes from an index, at most eight of them', async () => {
  await db.execute(sql`
    insert into person (handle, display_name, email, password_hash, kind, age_band, joined_on)
    select 'crowd' || n, 'Throng ' || n, 'crowd' || n || '@example.org', 'none', 'listener', 'adult', '2026-01-01'
    from generate_series(1, 100000) n`)
  await db.execute(sql`analyze person`)
  for (const begins of ['c', 'crowd99', 'throng', 'hol']) {
    const found = await ask(hope, begins, null)
    expect(found.length).toBeGreaterThan(0)
    expect(found.length).toBeLessThanOrEqual(8)
    const plan = await db.execute<Record<string, string>>(
      sql`explain ${namesQuery(content(), hope, community, begins)}`,
    )
    const text = plan.map(row => row['QUERY PLAN']).join('\n')
    // Where the collation is C, the index that keeps handles unique finds prefixes just as well.
    expect(text).toMatch(/Scan (using|on) person_handle(_prefix)? /)
    expect(text).toMatch(/Scan (using|on) person_name_prefix /)
    expect(text).not.toContain('Seq Scan on person')
  }
})
