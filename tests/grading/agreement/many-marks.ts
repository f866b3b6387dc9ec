import { sql } from 'drizzle-orm'
import type { Db, Tx } from '../../../db/client.ts'

interface Filling {
  cohortId: number
  mentorIds: number[]
  module: string
  many: number
  share: number
}

/**
 * Fills a cohort with tries that were marked once or, `share` of them, twice, as a busy year and a bit would leave
 * them: set by set, for looking at figures and at how they are found.
 */
export const fillMarks = (db: Db, filling: Filling): Promise<void> =>
  // One connection, to which a temporary table belongs.
  db.transaction(async tx => {
    await addPosts(tx, filling)
    await chooseTruth(tx, filling)
    await addMarkings(tx, filling)
    await addGrades(tx)
    await addResults(tx, filling)
  })

async function addPosts(tx: Tx, { cohortId, module, many }: Filling): Promise<void> {
  await tx.execute(sql`
    insert into discussion (cohort_id, module) values (${cohortId}, ${module}) on conflict do nothing`)
  await tx.execute(sql`
    insert into person (handle, display_name, email, password_hash, kind, age_band, joined_on)
    select 'made' || n, 'Made ' || n, 'made' || n || '@example.org', 'none', 'listener', 'adult', '2026-01-01'
    from generate_series(1, ${many}::int) n on conflict do nothing`)
  await tx.execute(sql`
    insert into post (discussion_id, author_id, kind, markdown, html)
    select d.id, p.id, 'reflection', 'Made', '<p>Made</p>' from discussion d, person p
    where d.cohort_id = ${cohortId} and d.module = ${module} and p.handle like 'made%' order by p.id limit ${many}`)
}

/** When each was marked, whether twice, and the levels that it deserves. */
async function chooseTruth(tx: Tx, { cohortId, module, many, share }: Filling): Promise<void> {
  await tx.execute(sql`
    create temporary table made on commit drop as
    select p.id, p.author_id, row_number() over (order by p.id) as n, random() < ${share}::float8 as twice,
      now() - (1 - (row_number() over (order by p.id))::float8 / ${many}::int) * interval '400 days' as at,
      floor(random() * 3)::int as a, floor(random() * 3)::int as b, floor(random() * 3)::int as c
    from post p join discussion d on d.id = p.discussion_id
    where d.cohort_id = ${cohortId} and d.module = ${module}`)
}

/** Each mentor is the first marker in turn, and the second beside each of the others in turn. */
async function addMarkings(tx: Tx, { cohortId, module, mentorIds }: Filling): Promise<void> {
  const mentors = mentorIds.length
  await tx.execute(sql`
    insert into marking (post_id, cohort_id, author_id, module, try, purpose, opened_at, promised_by, closed_at,
      done_by_id)
    select t.id, ${cohortId}, t.author_id, ${module}, 1, p.purpose, t.at, t.at, t.at,
      (${sql.param(mentorIds)}::bigint[])[
        1 + (t.n + p.place * (1 + t.n / ${mentors}::int % ${mentors - 1}::int)) % ${mentors}::int]
    from made t join (values ('first', 0), ('second', 1)) p (purpose, place) on p.place = 0 or t.twice`)
}

async function addGrades(tx: Tx): Promise<void> {
  await tx.execute(sql`
    insert into grade (marking_id, post_id, try, revision, mentor_id, outcome, rubric, levels, feedback,
      feedback_html, at)
    select w.id, w.post_id, 1, 1, w.done_by_id, 'pass', 'reflection', jsonb_build_object(
      'honesty', ${noisy('a')}, 'connection', ${noisy('b')}, 'care', ${noisy('c')}), '', '', w.closed_at
    from marking w join made t on t.id = w.post_id`)
}

/** A level that is mostly the true one, and now and then the one beside it; some mentors lean to one side. */
const noisy = (truth: 'a' | 'b' | 'c') => sql`
  (array['not-yet', 'partly', 'there'])[1 + greatest(0, least(2, ${sql.raw(`t.${truth}`)}
    + round(random() * 1.4 - 0.7 + (w.done_by_id % 5 - 2) * 0.08)::int))]`

async function addResults(tx: Tx, { cohortId, module }: Filling): Promise<void> {
  await tx.execute(sql`
    insert into result (post_id, cohort_id, author_id, module, try, outcome, rubric, levels, rule, grade_ids,
      submitted_at, promised_by, settled_at, released_at)
    select t.id, ${cohortId}, t.author_id, ${module}, 1, 'pass', 'reflection', '{}',
      case when t.twice then 'mean' else 'only' end, '{}', t.at, t.at, t.at, t.at from made t`)
}
