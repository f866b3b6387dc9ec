import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { content } from '../../src/authoring/content.ts'
import { suspendBadge } from '../../src/badges/holding/suspend.ts'
import { layDown, openWorkOf } from '../../src/grading/lay-down.ts'
import { addAdmin, addCohortOf, addMentorOf, addTrainee } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'

const { db } = await testDatabase()

/** A marking that waits, handed out to somebody or claimed by them. */
async function addMarking(cohort: { id: number }, set: ReturnType<typeof sql>): Promise<number> {
  const author = await addTrainee(db)
  const [row] = await db.execute<{ id: string }>(sql`
    with place as (insert into discussion (cohort_id, module) values (${cohort.id}, ${`x/${author.id}`}) returning id),
    written as (
      insert into post (discussion_id, author_id, kind, markdown, html) select id, ${author.id}, 'reflection', 'x', 'x' from place
      returning id
    )
    insert into marking (post_id, cohort_id, author_id, module, try, purpose, promised_by)
    select id, ${cohort.id}, ${author.id}, 'x', 1, 'first', now() from written returning id`)
  await db.execute(sql`update marking set ${set} where id = ${row!.id}::bigint`)
  return Number(row!.id)
}

test('whoever may not grade any more gives back what is on their desk, and nobody else anything', async () => {
  const admin = await addAdmin(db)
  const cohort = await addCohortOf(db)
  const [mentor, other] = [await addMentorOf(db, [cohort.id]), await addMentorOf(db, [cohort.id])]
  const handed = await addMarking(cohort, sql`handed_to_id = ${mentor.id}, handed_at = now()`)
  const claimed = await addMarking(
    cohort,
    sql`claimed_by_id = ${mentor.id}, claimed_until = now() + interval '10 minutes', handed_to_id = ${other.id}, handed_at = now()`,
  )
  await addMarking(cohort, sql`handed_to_id = ${other.id}, handed_at = now()`)
  expect([await openWorkOf(db, mentor.id), await openWorkOf(db, other.id)]).toEqual([2, 2])

  await db.transaction(tx => layDown(tx, mentor.id))
  expect(await openWorkOf(db, mentor.id)).toBe(2)

  const decision = { personId: mentor.id, badge: 'mentor', reasonClass: 'conduct', reason: 'Let us talk.' }
  await db.transaction(async tx => {
    await suspendBadge(tx, content(), admin, decision)
    await layDown(tx, mentor.id)
  })
  expect([await openWorkOf(db, mentor.id), await openWorkOf(db, other.id)]).toEqual([0, 2])
  const rows = await db.execute<{ handed_to_id: string | null; claimed_by_id: string | null }>(
    sql`select handed_to_id, claimed_by_id from marking where id in (${handed}, ${claimed}) order by id`,
  )
  expect(rows.map(row => [row.handed_to_id, row.claimed_by_id])).toEqual([
    [null, null],
    [String(other.id), null],
  ])
})
