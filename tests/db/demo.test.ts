import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { seedDemo } from '../../db/seed/demo.ts'
import { content } from '../../src/authoring/content.ts'
import { compareStandings } from '../../src/badges/compare-standings.ts'
import { queue } from '../../src/badges/queue.ts'
import { ensureSelfPacedCohorts } from '../../src/courses/cohorts.ts'
import { compareCounts } from '../../src/discussions/kept-counts.ts'
import { verifyRecord } from '../../src/record/verify.ts'
import { again, addTrainee } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'
import { findPerson } from '../../src/people/load-person.ts'
import { desk } from '../../src/grading/queue.ts'
import { reportQueue } from '../../src/reports/queue.ts'

const { db } = await testDatabase()
const said: string[] = []
const number = async (query: string) => {
  const [row] = await db.execute<{ number: number }>(sql.raw(`select count(*)::int as number from ${query}`))
  return row?.number ?? 0
}

beforeAll(async () => {
  await ensureSelfPacedCohorts(db, content())
  await seedDemo(db, line => said.push(line))
})

test('whoever starts the demonstration is told how to sign in as each role, and to keep it off the internet', () => {
  for (const handle of ['@demo-trainee', '@demo-mentor', '@demo-admin', '@demo-new', 'trellis-demo'])
    expect(said.at(-1)).toContain(handle)
  expect(said.at(-1)).toContain('must not face the internet')
})

test('its record, its standings and its counts hold as if it had all been lived', async () => {
  expect(await verifyRecord(db)).toMatchObject({ ok: true })
  expect(await compareStandings(db, content())).toEqual([])
  expect(await compareCounts(db)).toEqual([])
  expect(await number(`record_entry where at > now() - interval '1 day' and kind <> 'grant'`)).toBe(0)
})

test('it is a lively place: people of every kind, and posts, grades and attempts of every sort', async () => {
  expect(await number('person')).toBeGreaterThan(50)
  expect(await number(`post where kind = 'reflection'`)).toBeGreaterThan(200)
  expect(await number(`post where kind = 'reply'`)).toBeGreaterThan(200)
  for (const some of [
    `discussion where form = 'talk' and cohort_id is null and posts > 5`,
    `discussion where form = 'poll' and voters > 10`,
    `discussion where form = 'check-in' and cohort_id is not null and voters > 5`,
    'discussion where pinned_at is not null',
    'discussion where closed_at is not null',
    'vote where post_id is not null',
    'reaction',
    `post where removed = 'deleted' and replies > 0`,
    'post where content_note is not null',
    `post where markdown like '> [@% wrote](/posts/%'`,
    `submission where state = 'submitted' and promised_by < now()`,
    `submission where state = 'returned'`,
    `submission where state = 'passed' and try > 1`,
    'attempt where submitted_at is null',
    'attempt where not passed',
    `recall_card join person on person.id = person_id where handle = 'demo-trainee' and due_on < current_date`,
    `recall_card where due_on > current_date`,
    `recall_review where felt = 'again'`,
    `recall_review where felt = 'good'`,
    `evidence where state = 'declined'`,
    `evidence where state = 'logged'`,
    'duty where done_at is null',
    'duty where done_at is not null',
    `certificate where ended_by = 'revocation'`,
    `certificate where suspended_for = 'duty-not-done'`,
    `record_entry where kind = 'decline'`,
    'standing where lower(met_on) > current_date',
    `marking where purpose = 'adjudication' and closed_at is null`,
    `marking where purpose = 'appeal' and closed_at is null`,
    `person where age_band = 'teen' and kind = 'member'`,
  ])
    expect(await number(some), some).toBeGreaterThan(0)
})

test('nothing in it lies in the future, or all in one moment', async () => {
  for (const [table, column] of [
    ['post', 'created_at'],
    ['grade', 'at'],
    ['audit_entry', 'at'],
    ['attempt', 'started_at'],
  ]) {
    expect(await number(`${table} where ${column} > now()`), table).toBe(0)
    expect(await number(`(select distinct ${column}::date from ${table}) as days`), table).toBeGreaterThan(40)
  }
})

test('nobody does anything before they have come', async () => {
  expect(await number('enrolment e join person p on p.id = e.person_id where e.at < p.created_at')).toBe(0)
  expect(await number('post join person p on p.id = author_id where post.created_at < p.created_at')).toBe(0)
  expect(
    await number(`submission s join enrolment e on e.cohort_id = s.cohort_id and e.person_id = s.author_id
      where s.submitted_at < e.at`),
  ).toBe(0)
})

test('its mentor finds work on the desk, and its admin in the queue', async () => {
  const mentor = await findPerson(db, { handle: 'demo-mentor' })
  const { waiting } = await desk(db, content(), mentor!)
  expect(waiting.length).toBeGreaterThan(3)
  const admin = await findPerson(db, { handle: 'demo-admin' })
  const candidates = await queue(db, content(), admin!)
  expect(new Set(candidates.waiting.map(({ badge }) => badge)).size).toBeGreaterThan(2)
})

test('two reports wait, one of them a worry that pauses grading, and one has been looked after', async () => {
  expect(await number('report where handled_at is null')).toBe(2)
  expect(
    await number('report r join marking m using (post_id) where concern and paused_at is not null'),
  ).toBe(1)
  expect(await number('report where outcome is not null')).toBe(1)
  const mentor = await findPerson(db, { handle: 'demo-mentor' })
  const { waiting } = await reportQueue(db, content(), mentor!)
  expect(waiting.map(({ concern }) => concern)).toEqual([true, false])
})

test('a second start adds nothing', async () => {
  const before = await number('audit_entry')
  await seedDemo(db, () => {})
  expect(await number('audit_entry')).toBe(before)
  expect(await number(`information_schema.schemata where schema_name = 'demo_past'`)).toBe(0)
})

test('a site that has people of its own is left alone', async () => {
  await db.execute(sql`delete from site_fact where name = 'demonstration'`)
  const stranger = await addTrainee(db)
  const people = await number('person')
  const lines: string[] = []
  await seedDemo(db, line => lines.push(line))
  expect(await again(db, stranger)).toBeTruthy()
  expect(await number('person')).toBe(people)
  expect(lines).toEqual([expect.stringContaining('was left out')])
})
