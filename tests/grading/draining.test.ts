import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { content } from '../../src/authoring/content.ts'
import { Conflict } from '../../src/errors.ts'
import { gradeMarking } from '../../src/grading/grade.ts'
import { claimNext } from '../../src/grading/next.ts'
import { isSampled, samplingSecret } from '../../src/grading/second-marking.ts'
import type { Person } from '../../src/people/person.ts'
import { addCohortOf, addMentorOf, addTrainee, setMarkedTwice } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'
import { levels, reflect } from './reflections.ts'

const { db } = await testDatabase()

interface Marked extends Record<string, unknown> {
  post_id: string
  first: string
  at: string
  seconds: number
  results: number
  open: number
}

test('many mentors drain one queue at once: each reflection is marked once or twice, exactly as the rules say', async () => {
  const cohort = await addCohortOf(db)
  await setMarkedTwice(db, cohort)
  const mentors = await Promise.all(Array.from({ length: 12 }, () => addMentorOf(db, [cohort.id])))
  for (let count = 0; count < 240; count++) await reflect(db, await addTrainee(db), cohort)

  await Promise.all(mentors.map(drain))

  const [left] = await db.execute<{ open: number; claimed: number; grades: number; results: number }>(sql`
    select (select count(*)::int from marking where closed_at is null) as open,
      (select count(*)::int from marking where claimed_by_id is not null) as claimed,
      (select count(*)::int from grade) as grades, (select count(*)::int from result where released_at is not null) as results`)
  const rows = await db.execute<Marked>(sql`
    select s.post_id, m.done_by_id as first, m.closed_at as at,
      (select count(*)::int from marking n where n.post_id = s.post_id and n.purpose = 'second') as seconds,
      (select count(*)::int from result r where r.post_id = s.post_id) as results
    from submission s join marking m on m.post_id = s.post_id and m.purpose = 'first'`)
  expect(left).toMatchObject({ open: 0, claimed: 0, results: 240 })
  expect(rows.every(({ results }) => results === 1)).toBe(true)
  expect(left!.grades).toBe(240 + rows.filter(({ seconds }) => seconds > 0).length)

  const secret = await db.transaction(samplingSecret)
  const { first, share } = content().course('introduction-to-group-support')!.secondMarking
  for (const [, own] of Map.groupBy(rows, row => row.first)) {
    const chosen = own.filter(row => isSampled(secret, { postId: Number(row.post_id), try: 1 }, share))
    const twice = own.filter(({ seconds }) => seconds === 1)
    expect(chosen.every(row => twice.includes(row))).toBe(true)
    // Beyond the sample, just the first few of each mentor.
    const few = twice.filter(row => !chosen.includes(row)).length
    expect(few).toBeLessThanOrEqual(first)
    expect(few).toBeGreaterThanOrEqual(Math.min(first, own.length) - chosen.length)
  }
})

/** One mentor after another reflection, until nothing is left for them for a while. */
async function drain(mentor: Person): Promise<void> {
  for (let idle = 0; idle < 20;) {
    const marking = await db.transaction(tx => claimNext(tx, content(), mentor))
    if (marking === null) {
      idle++
      await new Promise(resolve => setTimeout(resolve, 25))
      continue
    }
    idle = 0
    const given = {
      ...{ marking, revision: 1, levels, feedback: 'Good.', toChange: '' },
      ...{ outcome: 'pass' as const, hold: false, corrects: false },
    }
    await db
      .transaction(tx => gradeMarking(tx, content(), mentor, given))
      .catch((error: unknown) => {
        if (!(error instanceof Conflict)) throw error
      })
  }
}
