import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { seedDemo } from '../../db/seed/demo.ts'
import { content } from '../../src/authoring/content.ts'
import { ensureSelfPacedCohorts } from '../../src/courses/cohorts.ts'
import { copyFile, everythingOf } from '../../src/own/copying/everything.ts'
import { readable } from '../../src/own/copying/readable.ts'
import { holdings } from '../../src/own/holdings.ts'
import { findPerson } from '../../src/people/load-person.ts'
import type { Person } from '../../src/people/person.ts'
import { xssCorpus } from '../authoring/xss-corpus.ts'
import { testDatabase } from '../support/database.ts'
import { filesIn } from './unzip.ts'
import { plant } from './planting.ts'

const { db } = await testDatabase()
let mentor: Person
let planted: Map<string, string>

beforeAll(async () => {
  await ensureSelfPacedCohorts(db, content())
  await seedDemo(db, () => {})
  mentor = (await findPerson(db, { handle: 'demo-mentor' }))!
  planted = await plant(db, mentor.id, (await findPerson(db, { handle: 'tobias' }))!.id)
}, 120_000)

/** Places whose words are others' or the mentors': the copy says why it leaves them out. */
const leftOut = [
  'post.html',
  'post_revision.html',
  'report.outcome',
  'appeal.reason_html',
  'grade.feedback_html',
  // What was done to them by others has particulars for the admins alone.
  'audit_entry.details',
  // Planted as the answer to a question that the quiz does not have.
  'attempt.answers',
]

describe('a mentor takes along everything', () => {
  test('every word of theirs is in the data and on the page', async () => {
    const copy = await everythingOf(db, content(), mentor.id)
    const [data, page] = [JSON.stringify(copy.parts), readable(copy)]
    const missing = [...planted].filter(([word]) => !data.includes(word)).map(([, place]) => place)
    // Of reports, the words about them are their reporters'.
    expect(missing.filter(place => !leftOut.includes(place))).toEqual(['report.words'])
    for (const [word] of planted) expect(page.includes(word)).toBe(data.includes(word))
  })

  test('what others must not be known for is not in it', async () => {
    const reporter = (await findPerson(db, { handle: 'aiko' }))!
    await db.execute(sql`
      insert into report (post_id, reporter_id, reason, concern, words) select max(id), ${reporter.id}, 'worried', true,
        'Zqworry' from post where author_id = ${mentor.id}`)
    await db.execute(sql`
      insert into audit_entry (actor_id, action, subject_id, details)
      values (${reporter.id}, 'post.reported', ${mentor.id}, '{"reason": "Zqworry"}')`)
    const data = JSON.stringify((await everythingOf(db, content(), mentor.id)).parts)
    expect(data).not.toContain('Zqworry')
    expect(data).not.toContain('$argon2')
    expect(data).not.toMatch(/"(passwordHash|tokenHash|personId|authorId|secretTrace)"/)
    const [{ id: session }] = (await db.execute<{ id: string }>(
      sql`select id from session limit 1`,
    )) as never as [{ id: string }]
    expect(data).not.toContain(session)
  })

  test('a mark that is not released, and a key that is not, are nobody’s to take along', async () => {
    const trainee = (await findPerson(db, { handle: 'demo-trainee' }))!
    const copy = await everythingOf(db, content(), trainee.id)
    const quizzes = copy.parts.find(({ name }) => name === 'quizzes')!
    expect(quizzes.rows.length).toBeGreaterThan(2)
    const [held] = await db.execute<{ feedback: string }>(sql`
      select g.feedback from grade g join post p on p.id = g.post_id
      where p.author_id = ${trainee.id} and g.feedback <> ''
        and not exists (select from result r where g.id = any(r.grade_ids) and r.released_at is not null) limit 1`)
    if (held) expect(JSON.stringify(copy.parts)).not.toContain(held.feedback)
    const open = quizzes.rows.filter(({ state }) => state === 'open')
    for (const row of open) expect(Object.keys(row)).toEqual(['quiz', 'number', 'outOf', 'state', 'answers'])
  })

  test('the file opens: a page, the data, and every certificate in five formats', async () => {
    const files = filesIn(await copyFile(db, content(), 'https://training.example.org', mentor.id))
    const names = [...files.keys()]
    expect(names.slice(0, 2)).toEqual(['index.html', 'data.json'])
    const [{ code }] = (await db.execute<{ code: string }>(
      sql`select code from certificate where person_id = ${mentor.id} order by id limit 1`,
    )) as never as [{ code: string }]
    for (const file of ['credential.json', 'credential.jwt', 'badge.png', 'badge.svg', 'certificate.pdf'])
      expect(names.some(name => name.endsWith(`-${code}/${file}`))).toBe(true)
    const data = JSON.parse(files.get('data.json')!.toString()) as {
      version: number
      handle: string
      parts: Record<string, { says: string; rows: Record<string, unknown>[] }>
    }
    expect(data).toMatchObject({ version: 1, handle: 'demo-mentor' })
    const entries = data.parts['the-certification-record']!.rows
    expect(entries[0]).toMatchObject({ disclosures: { holder: [expect.any(String), mentor.id] } })
    expect(data.parts['your-posts']!.rows[0]).toMatchObject({
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
      place: expect.any(String) as string,
    })
  }, 60_000)
})

test('every part has a name of its own', () => {
  const titles = Object.values(holdings).flatMap(({ people }) =>
    Object.values(people).flatMap(({ told }) => ('title' in told ? [told.title] : [])),
  )
  expect(new Set(titles).size).toBe(titles.length)
})

test('what somebody typed is words on the page, whatever it is', async () => {
  const copy = await everythingOf(db, content(), mentor.id)
  const rows = xssCorpus.map(words => ({ words, [words]: words }))
  const page = readable({ ...copy, parts: [{ name: 'x', title: 'X', says: 'X.', rows }] })
  expect(page.replaceAll(/<style>[^]*?<\/style>/g, '')).not.toMatch(/<(script|img|svg|iframe|a href="(?!#))/i)
})

test('ten thousand posts are copied within bounds', async () => {
  const trainee = (await findPerson(db, { handle: 'demo-new' }))!
  await db.execute(sql`
    insert into post (discussion_id, author_id, kind, parent_id, markdown, html)
    select d.id, ${trainee.id}, 'reply', null, repeat('A long evening in the rooms. ', 20), '' from
      (select min(id) as id from discussion) d, generate_series(1, 10000)`)
  const before = process.memoryUsage().rss
  const file = await copyFile(db, content(), 'https://training.example.org', trainee.id)
  expect(process.memoryUsage().rss - before).toBeLessThan(300e6)
  expect(
    filesIn(file).get('data.json')!.toString().split('A long evening in the rooms.').length,
  ).toBeGreaterThan(200_000)
}, 60_000)
