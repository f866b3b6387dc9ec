import { sql } from 'drizzle-orm'
import type { Db } from '../../../db/client.ts'
import { grade, marking, result, type rules } from '../../../db/schema/grading.ts'
import { addTrainee } from '../../support/cast.ts'
import { aModule } from '../reflections.ts'

export type Levels = Record<string, string>

const day = 24 * 60 * 60_000

/** What two mentors gave a try: `first` and `second` in the order in which each saved them. */
interface Twice {
  /** Somebody new, if it does not matter who: one hands in one reflection a discussion. */
  author?: { id: number }
  cohort: { id: number }
  mentors: [{ id: number }, { id: number }]
  first: Levels[]
  /** Nothing yet: the second marker is still to begin. */
  second: Levels[]
  module?: string
  rubric?: string
  daysAgo?: number
  /** Null while the answer is held. */
  released?: boolean
  rule?: (typeof rules)[number]
}

/** Puts a try into the database as two mentors marked it, without a word about how they came to it. */
export async function markTwice(db: Db, twice: Twice): Promise<number> {
  const author = twice.author ?? (await addTrainee(db))
  const { cohort, mentors, module = aModule, daysAgo = 5, released = true } = twice
  const at = new Date(Date.now() - daysAgo * day)
  const postId = await post(db, { author, cohort, module, at })
  const of = { postId, try: 1, cohortId: cohort.id, authorId: author.id, module, promisedBy: at }
  const gradeIds: number[] = []
  for (const [n, saved] of [twice.first, twice.second].entries()) {
    const done = saved.length > 0 ? { closedAt: at, doneById: mentors[n]!.id } : {}
    const purpose = n === 0 ? ('first' as const) : ('second' as const)
    const [row] = await db
      .insert(marking)
      .values({ ...of, purpose, openedAt: at, ...done })
      .returning()
    for (const levels of saved)
      gradeIds.push(
        await saveGrade(db, { ...twice, postId, markingId: row!.id, mentorId: mentors[n]!.id, levels, at }),
      )
  }
  if (twice.second.length > 0)
    await db.insert(result).values({
      ...{ ...of, outcome: 'pass', rubric: twice.rubric ?? 'reflection', levels: twice.first[0]! },
      ...{ rule: twice.rule ?? 'first', gradeIds, submittedAt: at, settledAt: at },
      releasedAt: released ? at : null,
    })
  return postId
}

/** A reflection that has been passed, with no marking of its own yet. */
async function post(
  db: Db,
  {
    author,
    cohort,
    module,
    at,
  }: { author: { id: number }; cohort: { id: number }; module: string; at: Date },
): Promise<number> {
  const [row] = await db.execute<{ id: string }>(sql`
    with place as (
      insert into discussion (cohort_id, module) values (${cohort.id}, ${module})
      on conflict (cohort_id, module) do update set module = excluded.module returning id),
    reflection as (
      insert into post (discussion_id, author_id, kind, markdown, html, created_at)
      select place.id, ${author.id}, 'reflection', 'I listened.', '<p>I listened.</p>', ${at.toISOString()}::timestamptz
      from place returning id)
    insert into submission (post_id, cohort_id, author_id, module, rubric, state, submitted_at, promised_by)
    select id, ${cohort.id}, ${author.id}, ${module}, 'reflection', 'passed', ${at.toISOString()}::timestamptz,
      ${at.toISOString()}::timestamptz from reflection returning post_id as id`)
  return Number(row!.id)
}

async function saveGrade(
  db: Db,
  {
    postId,
    markingId,
    mentorId,
    levels,
    at,
    rubric = 'reflection',
  }: Pick<Twice, 'rubric'> & {
    postId: number
    markingId: number
    mentorId: number
    levels: Levels
    at: Date
  },
): Promise<number> {
  const words = { feedback: 'Good.', feedbackHtml: '<p>Good.</p>', outcome: 'pass' as const }
  const [row] = await db
    .insert(grade)
    .values({ markingId, postId, try: 1, revision: 1, mentorId, rubric, levels, at, ...words })
    .returning()
  return row!.id
}

/**
 * Fills a cohort with tries that were marked once or, `share` of them, twice, as a busy year and a bit would leave
 * them: set by set, for looking at figures and at how they are found.
 */
export async function fillMarks(
  db: Db,
  { cohortId, mentorIds, module, many, share }: Filling,
): Promise<void> {
  await db.execute(sql`
    insert into discussion (cohort_id, module) values (${cohortId}, ${module}) on conflict do nothing`)
  await db.execute(sql`
    insert into person (handle, display_name, email, password_hash, kind, age_band, joined_on)
    select 'made' || n, 'Made ' || n, 'made' || n || '@example.org', 'none', 'listener', 'adult', '2026-01-01'
    from generate_series(1, ${many}::int) n on conflict do nothing`)
  await db.execute(sql`
    insert into post (discussion_id, author_id, kind, markdown, html)
    select d.id, p.id, 'reflection', 'Made', '<p>Made</p>' from discussion d, person p
    where d.cohort_id = ${cohortId} and d.module = ${module} and p.handle like 'made%' order by p.id limit ${many}`)
  await db.execute(sql`
    create temporary table made as select p.id, p.author_id, row_number() over (order by p.id) as n,
      random() < ${share}::float8 as twice, now() - (1 - (row_number() over (order by p.id))::float8 / ${many}::int) * interval '400 days' as at,
      floor(random() * 3)::int as a, floor(random() * 3)::int as b, floor(random() * 3)::int as c
    from post p join discussion d on d.id = p.discussion_id where d.cohort_id = ${cohortId} and d.module = ${module}`)
  await db.execute(sql`
    insert into marking (post_id, cohort_id, author_id, module, try, purpose, opened_at, promised_by, closed_at, done_by_id)
    select t.id, ${cohortId}, t.author_id, ${module}, 1, p.purpose, t.at, t.at, t.at,
      (${sql.param(mentorIds)}::bigint[])[1 + (t.n + p.place * (1 + t.n / ${mentorIds.length}::int % ${mentorIds.length - 1}::int)) % ${mentorIds.length}::int]
    from made t join (values ('first', 0), ('second', 1)) p (purpose, place) on p.place = 0 or t.twice`)
  await db.execute(sql`
    insert into grade (marking_id, post_id, try, revision, mentor_id, outcome, rubric, levels, feedback, feedback_html, at)
    select w.id, w.post_id, 1, 1, w.done_by_id, 'pass', 'reflection', jsonb_build_object(
      'honesty', ${noisy('a')}, 'connection', ${noisy('b')}, 'care', ${noisy('c')}), '', '', w.closed_at
    from marking w join made t on t.id = w.post_id`)
  await db.execute(sql`
    insert into result (post_id, cohort_id, author_id, module, try, outcome, rubric, levels, rule, grade_ids,
      submitted_at, promised_by, settled_at, released_at)
    select t.id, ${cohortId}, t.author_id, ${module}, 1, 'pass', 'reflection', '{}',
      case when t.twice then 'mean' else 'only' end, '{}', t.at, t.at, t.at, t.at from made t`)
  await db.execute(sql`drop table made`)
}

interface Filling {
  cohortId: number
  mentorIds: number[]
  module: string
  many: number
  share: number
}

/** A level that is mostly the true one, and now and then the one beside it; some mentors lean to one side. */
const noisy = (truth: 'a' | 'b' | 'c') => sql`
  (array['not-yet', 'partly', 'there'])[1 + greatest(0, least(2, ${sql.raw(`t.${truth}`)}
    + round(random() * 1.4 - 0.7 + (w.done_by_id % 5 - 2) * 0.08)::int))]`
