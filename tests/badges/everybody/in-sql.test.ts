import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Queryable } from '../../../db/client.ts'
import { type Content, content } from '../../../src/authoring/content.ts'
import { judge } from '../../../src/badges/criteria.ts'
import type { Criterion } from '../../../src/badges/criterion.ts'
import { plusDays } from '../../../src/badges/day.ts'
import { asMultirange } from '../../../src/badges/days-met.ts'
import { daysInSql } from '../../../src/badges/everybody/in-sql.ts'
import { rebuildStandings } from '../../../src/badges/everybody/rebuild-standings.ts'
import { factsOfEverybody } from '../../../src/badges/everybody/facts-of-everybody.ts'
import { loadFacts, today } from '../../../src/badges/load-facts.ts'
import { reviewStandings } from '../../../src/badges/review-standing.ts'
import { leftInSql, thingsLeft } from '../../../src/badges/rules/things-left.ts'
import { openCourses } from '../../support/cast.ts'
import { testDatabase } from '../../support/database.ts'
import { criteria } from '../arbitrary.ts'
import { course, populate } from './population.ts'

const { db } = await testDatabase()
await openCourses(db)

/** The content, where a page of the course has to be read again, its quiz passed again and its question answered again. */
const asked: Content = (() => {
  const all = content()
  const again = ['read', 'reflection', 'quiz'] as const
  const revision = {
    version: 2,
    on: '2026-03-01',
    changed: 'All of it.',
    asks: 'redo' as const,
    by: null,
    again,
  }
  const changed = all.course(course)!.modules.map((module, index) => ({
    ...module,
    ...(index === 0 && {
      version: 2,
      revisions: [revision],
      quizSince: '2026-03-01',
      reflectionSince: '2026-03-01',
    }),
  }))
  const courses = all.courses.map(one => (one.id === course ? { ...one, modules: changed } : one))
  return {
    ...all,
    courses,
    course: id => courses.find(one => one.id === id),
    module: id => courses.flatMap(one => one.modules).find(one => one.id === id),
    outline: { ...all.outline, dated: { evidence: ['group_chat'], guides: true } },
  }
})()

const population = 120

/** The days on which each of them meets it, and how many things are left to each. */
async function inSql(ids: number[], criterion: Criterion): Promise<Map<number, [string, number]>> {
  const whom = (id: ReturnType<typeof sql>) => sql`${id} = any(${sql.param(ids)}::bigint[])`
  const rows = await db.execute<{ id: string; days: string; left: number }>(sql`
    with ${factsOfEverybody(asked, whom)}
    select f.person_id as id, ${daysInSql(criterion, asked.outline)}::text as days,
      ${leftInSql(criterion, asked.outline, sql`${today()}::date`)} as left from f`)
  return new Map(rows.map(({ id, days, left }) => [Number(id), [days, left]]))
}

/** A criterion on the small course of other tests, asked of a course that ships; one course that is gone stays so. */
const ofACourse = (criterion: Criterion): Criterion =>
  JSON.parse(JSON.stringify(criterion).replaceAll('"training"', `"${course}"`)) as Criterion

const soon = fc.integer({ min: -40, max: 40 }).map(later => plusDays(today(), later))

/** New rules beside earlier ones that go on counting, or have done so. */
const beside: fc.Arbitrary<Criterion> = fc.record({
  ...{ kind: fc.constant('or-earlier' as const), now: criteria, earlier: criteria, version: fc.constant(1) },
  ...{ until: soon, joinedBy: soon },
})

test('the whole community is judged as each person is, whatever the rule and whatever they have done', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 1000 }),
      fc.array(fc.oneof(criteria, beside), { minLength: 12, maxLength: 12 }),
      async (seed, rules) => {
        const ids = await populate(db, population, seed / 1000)
        const facts = await loadFacts(db, asked, ids)
        expect(facts.size).toBe(population)
        for (const rule of rules.map(ofACourse)) {
          const days = await inSql(ids, rule)
          for (const [id, theirs] of facts) {
            const standing = judge(rule, theirs, today(), asked.outline)
            const expected = [asMultirange(standing.metOn), thingsLeft(standing)]
            expect([rule, days.get(id)]).toEqual([rule, expected])
          }
        }
      },
    ),
    { numRuns: 12, endOnFailure: true },
  )
}, 120_000)

/** The content, where a module takes no more than to be read, and every badge asks its holders for the course. */
const easy: Content = {
  ...asked,
  badges: asked.badges.map(badge => ({
    ...badge,
    duties: [{ course, within: { amount: 2, unit: 'weeks' }, remind: [], onFailure: undefined }],
  })),
  outline: {
    ...asked.outline,
    courses: new Map(
      [...asked.outline.courses].map(([id, { title, modules }]) => {
        const completion = { read: true, reflected: false, replied: 0, quiz: false, guides: false }
        return [id, { title, modules: modules.map(module => ({ ...module, completion })) }]
      }),
    ),
  },
}

test('a rebuild leaves what a review of each leaves: standings, finished courses, duties done', async () => {
  const ids = await populate(db, population, 0.5)
  await db.execute(sql`
    insert into duty (certificate_id, person_id, course, due_on)
    select id, person_id, ${course}, current_date from certificate where ended_at is null`)
  const theirs = sql`person_id = any(${sql.param(ids)}::bigint[])`
  const kept = async (on: Queryable) => {
    const [row] = await on.execute<Record<'standings' | 'finished' | 'duties', string[]>>(sql`select
      array(select person_id || badge || met_on from standing where ${theirs} order by 1) as standings,
      array(select person_id || course from enrolment where finished_at is not null and ${theirs} order by 1) as finished,
      array(select id from duty where done_at is not null and ${theirs} order by 1) as duties`)
    return row!
  }
  const before = await kept(db)
  let reviewed: typeof before | undefined
  await db
    .transaction(async tx => {
      await reviewStandings(tx, easy, ids)
      reviewed = await kept(tx)
      tx.rollback()
    })
    .catch(() => {})

  await rebuildStandings(db, easy)
  expect(await kept(db)).toEqual(reviewed)
  expect(reviewed!.finished.length).toBeGreaterThan(before.finished.length)
  expect(reviewed!.duties.length).toBeGreaterThan(0)
  expect(reviewed!.standings.length).toBe(population * easy.badges.length)
  expect(await rebuildStandings(db, easy)).toBe(0)
})
