import { sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { evidence } from '../../db/schema/practice.ts'
import { content } from '../../src/authoring/content.ts'
import { reviewStanding } from '../../src/badges/review-standing.ts'
import { selfPacedCohort } from '../../src/courses/cohorts.ts'
import { openCourses } from '../support/cast.ts'

let count = 0

/** Has so much confirmed evidence come in for a person. */
export async function gather(db: Db, { id }: { id: number }, kind: string, times: number): Promise<void> {
  const row = {
    personId: id,
    kind,
    source: 'platform',
    occurredOn: '2026-02-01',
    state: 'confirmed' as const,
  }
  await db.insert(evidence).values({ ...row, externalId: `deed-${++count}`, count: times })
  await db.transaction(tx => reviewStanding(tx, content(), id))
}

/** Has a person read every module of a course, with every reflection and quiz passed and all replies written: the facts, without the ways. */
export async function completeCourse(db: Db, { id }: { id: number }, course: string): Promise<void> {
  await openCourses(db)
  const cohort = await selfPacedCohort(db, course)
  for (const module of content().course(course)!.modules) {
    await db.execute(sql`insert into reading (person_id, module) values (${id}, ${module.id})`)
    await db.execute(sql`insert into attempt (person_id, quiz, number, questions, pass_mark, out_of, submitted_at, score, passed)
      values (${id}, ${module.id}, 1, '[]', 80, 5, now(), 5, true)`)
    await db.execute(sql`
      with place as (
        insert into discussion (cohort_id, module) values (${cohort.id}, ${module.id})
        on conflict (cohort_id, module) do update set module = excluded.module returning id
      ), reflection as (
        insert into post (discussion_id, author_id, kind, markdown, html) select id, ${id}, 'reflection', 'x', 'x' from place
        returning id
      )
      insert into submission (post_id, cohort_id, author_id, module, rubric, state, promised_by)
      select id, ${cohort.id}, ${id}, ${module.id}, 'reflection', 'passed', now() from reflection`)
    const replies = module.reflection?.replies ?? 0
    if (replies > 0)
      await db.execute(
        sql`insert into taking_part (person_id, module, replies) values (${id}, ${module.id}, ${replies})`,
      )
  }
  await db.transaction(tx => reviewStanding(tx, content(), id))
}
