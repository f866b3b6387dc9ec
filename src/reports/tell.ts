import { sql } from 'drizzle-orm'
import type { Tx } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import type { PlacedPost } from '../discussions/find-post.ts'
import { inForce } from '../people/in-force.ts'
import type { Person } from '../people/person.ts'

/**
 * Tells the mentors of a post's place and the admins that somebody is worried about its author, in one statement: each
 * once until they have seen it, however many reports come in. Neither the author is told nor who was worried.
 */
export async function tellOfConcern(
  tx: Tx,
  content: Content,
  reporter: Person,
  { id, authorId, title, place: { cohortId, selfPaced } }: PlacedPost,
): Promise<void> {
  const grading = content.badges.filter(({ unlocks }) => unlocks.includes('grade')).map(badge => badge.id)
  const everywhere = cohortId === null || selfPaced
  await tx.execute(sql`
    insert into notification (person_id, kind, summary, href)
    select told.id, 'reported', ${'Somebody is worried about @'}::text || author.handle ||
      ${`, who wrote in “${title}”. Please look now: the crisis plan is there.`}::text, '/reports/' || first.id
    from (select min(id) as id from report where post_id = ${id} and handled_at is null) first
    join person author on author.id = ${authorId}
    cross join (
      select a.person_id as id from admin_appointment a where a.ended_at is null
      union
      select c.person_id from certificate c
      where ${inForce} and c.badge = any(${sql.param(grading)}::text[])
        and (${everywhere}::boolean or exists (
          select from cohort_mentor m where m.cohort_id = ${cohortId}::bigint and m.person_id = c.person_id))
    ) told
    where told.id <> ${authorId} and told.id <> ${reporter.id}
      and not exists (select from suspension s where s.person_id = told.id and s.ended_at is null)
      and not exists (select from notification n where n.person_id = told.id and n.kind = 'reported'
        and n.seen_at is null and n.href = '/reports/' || first.id)`)
}

/** Thanks those who reported a post, now that somebody has looked at it. What came of it stays with the mentors. */
export async function thankReporters(
  tx: Tx,
  reports: readonly number[],
  post: { id: number },
): Promise<void> {
  await tx.execute(sql`
    insert into notification (person_id, kind, summary, href)
    select reporter_id, 'report_handled', 'A mentor has looked at the post you reported. Thank you.',
      ${`/posts/${post.id}`}
    from report where id = any(${sql.param([...reports])}::bigint[])`)
}
