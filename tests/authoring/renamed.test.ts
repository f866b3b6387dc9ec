import { expect, test } from 'vitest'
import type { Content } from '../../src/authoring/content.ts'
import { content } from '../../src/authoring/content.ts'
import { columnsNaming, honourRenames } from '../../src/authoring/honour-renames.ts'
import { compareWithDatabase } from '../../src/authoring/names-in-database.ts'
import { sentence } from '../../src/authoring/problem.ts'
import { nameNow, nothingRenamed, type Renamed } from '../../src/authoring/renamed.ts'
import { addCohortOf, addTrainee, openCourses } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'
import { told } from './told.ts'

const { db, sql: query } = await testDatabase()
await openCourses(db)
const real = content()
const [first, second] = real.courses[0]!.modules
const guide = real.guides[0]!.id
const renaming = (renamed: Partial<Renamed>): Content => ({
  ...real,
  renamed: { ...nothingRenamed, ...renamed },
})

/** Somebody who once did things under names that the content no longer has. */
async function doneLongAgo() {
  const person = await addTrainee(db)
  await addCohortOf(db, [person])
  await query`insert into reading (person_id, module) values (${person.id}, 'old-course/old-module')`
  await query`insert into guide_completion (person_id, guide) values (${person.id}, 'old-guide')`
  await query`insert into attempt (person_id, quiz, number, questions, pass_mark, score, out_of, passed, submitted_at)
    values (${person.id}, 'guides/old-guide', 1, '[]', 80, 1, 1, true, now()),
      (${person.id}, 'old-course/old-module', 1, '[]', 80, 1, 1, true, now())`
  return person
}

const rows = async (person: { id: number }) => ({
  read: (await query`select module from reading where person_id = ${person.id} order by 1`).map(
    row => row.module as string,
  ),
  guides: (await query`select guide from guide_completion where person_id = ${person.id}`).map(
    row => row.guide as string,
  ),
  attempts: (await query`select quiz from attempt where person_id = ${person.id} order by 1`).map(
    row => row.quiz as string,
  ),
})
const renamed = { modules: { 'old-course/old-module': first!.id }, guides: { 'old-guide': guide } }

test('who did something under an old name has done it under the new one, and the log says so', async () => {
  const person = await doneLongAgo()
  await honourRenames(db, renaming(renamed))
  expect(await rows(person)).toEqual({
    read: [first!.id],
    guides: [guide],
    attempts: [`guides/${guide}`, first!.id].toSorted(),
  })
  const log = await query`select details from audit_entry where action = 'content.renamed' order by id`
  expect(log.map(entry => entry.details as unknown)).toContainEqual({
    ...{ in: 'reading.module', from: 'old-course/old-module', to: first!.id, moved: 1, stayed: 0 },
  })
  // Done once: what comes under the old name later waits for the file to change.
  const entries = log.length
  await honourRenames(db, renaming(renamed))
  expect((await query`select from audit_entry where action = 'content.renamed'`).length).toBe(entries)
})

test('who has begun anew under the new name keeps that, and nothing is lost', async () => {
  const person = await doneLongAgo()
  await query`insert into reading (person_id, module) values (${person.id}, ${second!.id})`
  await honourRenames(
    db,
    renaming({ modules: { 'old-course/old-module': second!.id }, guides: { 'old-guide': guide } }),
  )
  expect((await rows(person)).read).toEqual([second!.id, 'old-course/old-module'].toSorted())
  const [entry] =
    await query`select details from audit_entry where details->>'in' = 'reading.module' order by id desc limit 1`
  expect(entry!.details).toMatchObject({ moved: 0, stayed: 1 })
})

test('a course takes its modules along, and its cohorts', async () => {
  const [cohort] =
    await query`insert into cohort (course, name) values ('older-course', 'Spring') returning id`
  const person = await addTrainee(db)
  await query`insert into reading (person_id, module) values (${person.id}, ${`older-course/${first!.slug}`})`
  await honourRenames(db, renaming({ courses: { 'older-course': first!.course } }))
  expect((await rows(person)).read).toEqual([first!.id])
  expect(await query`select course from cohort where id = ${cohort!.id as number}`).toMatchObject([
    { course: first!.course },
  ])
})

test('every column that names content is found, from the tables themselves', async () => {
  const found = (await columnsNaming(db)).map(({ table, column }) => `${table}.${column}`)
  for (const one of [
    'reading.module',
    'submission.module',
    'discussion.module',
    'result.module',
    'attempt.quiz',
  ])
    expect(found).toContain(one)
  for (const one of ['guide_completion.guide', 'enrolment.course', 'cohort.course', 'taking_part.module'])
    expect(found).toContain(one)
})

test('a released result is never changed, but for what it is about is called', async () => {
  await query.begin(async tx => {
    // Another table with the lock of `result` on it.
    await tx`create temp table shown on commit drop as
      select 'old/a' as module, 3 as points, now() as released_at, 1::bigint as released_by_id`
    await tx`create trigger locked before update on shown for each row execute function refuse_change_of_result()`
    const refused = /only ever released/
    await expect(tx.savepoint(inner => inner`update shown set module = 'new/a'`)).rejects.toThrow(refused)
    await tx`set local trellis.renaming = 'on'`
    await tx`update shown set module = 'new/a'`
    await expect(tx.savepoint(inner => inner`update shown set points = 4`)).rejects.toThrow(refused)
    await expect(tx.savepoint(inner => inner`update shown set released_at = null`)).rejects.toThrow(refused)
  })
})

test('a check against the database tells what it knows and the content does not', async () => {
  await query`truncate reading, guide_completion, attempt cascade`
  await query`update cohort set course = ${first!.course} || '-old' where name = 'Spring'`
  const person = await addTrainee(db)
  await query`insert into reading (person_id, module) values (${person.id}, ${`${first!.id}x`})`
  const sentences = async (c: Content) => (await compareWithDatabase(db, c)).map(sentence)
  const found = await sentences(real)
  expect(found).toContainEqual(
    `content/renamed.yaml:1: the database knows the module '${first!.id}x', and it is not there. Did you mean '${first!.id}'? Write \`${first!.id}x: <its name now>\` under \`modules:\`, or \`${first!.id}x\` under \`gone:\`.`,
  )
  expect(found).toHaveLength(2)
  expect(
    await sentences(renaming({ modules: { [`${first!.id}x`]: first!.id }, gone: [`${first!.course}-old`] })),
  ).toEqual([])
})

test('an author is told of a new name that is not there, and of an old one that is', () => {
  expect(
    told({ 'renamed.yaml': 'guides:\n  hello: saying-hallo\nmodules:\n  hosting/welcome: hosting/goodbye\n' })
      .problems,
  ).toEqual([
    "renamed.yaml:2: there is no guide called 'saying-hallo'. Did you mean 'saying-hello'?",
    "renamed.yaml:4: the module 'hosting/welcome' is there still. Take this line out, or name the file as it says.",
  ])
  expect(told({ 'renamed.yaml': 'badges: { a: b }\n' }).problems).toHaveLength(1)
  expect(told({ 'renamed.yaml': 'guides: { hello: saying-hello }\n' }).problems).toEqual([])
})

test('an old name leads to the new one, and what every object has leads nowhere', () => {
  const names = {
    ...nothingRenamed,
    courses: { old: 'new' },
    modules: { 'old/a': 'new/b' },
    guides: { x: 'y' },
  }
  expect(nameNow(names, 'module', 'old/a')).toBe('new/b')
  expect(nameNow(names, 'module', 'old/c')).toBe('new/c')
  expect(nameNow(names, 'course', 'old')).toBe('new')
  expect(nameNow(names, 'guide', 'x')).toBe('y')
  for (const id of ['constructor', '__proto__', 'new']) expect(nameNow(names, 'guide', id)).toBeUndefined()
})
