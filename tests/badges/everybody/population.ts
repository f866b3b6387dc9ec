import { sql } from 'drizzle-orm'
import type { Db } from '../../../db/client.ts'
import { content } from '../../../src/authoring/content.ts'

/** The course that they take. */
export const course = 'introduction-to-group-support'
const modules = content().course(course)!.modules
const guides = content().guides.slice(0, 4)

let populations = 0

/**
 * Adds people at random, who have read, answered, passed, finished and been granted this and that at some time or other,
 * past the site, so that nothing is kept of it.
 * @param seed from 0 to 1
 * @returns their ids
 */
export async function populate(db: Db, population: number, seed: number): Promise<number[]> {
  await db.execute(sql`select setseed(${seed}::float8)`)
  const rows = await db.execute<{ id: string }>(sql`
    insert into person (handle, display_name, email, password_hash, kind, age_band, joined_on)
    select h, h, h || '@example.org', 'none', (array['listener', 'member'])[1 + floor(random() * 2)::int],
      (array['adult', 'teen'])[1 + floor(random() * 2)::int], current_date - floor(random() * 60)::int
    from (select 'p' || ${++populations}::int || '_' || n as h from generate_series(1, ${population}::int) n) as handles returning id`)
  const ids = rows.map(({ id }) => Number(id))
  const people = sql`unnest(${sql.param(ids)}::bigint[]) as p (id)`
  const each = sql`unnest(${sql.param(modules.map(({ id }) => id))}::text[]) as m (module)`
  const another = sql`p.id + (case when p.id = ${ids.at(-1)} then -1 else 1 end)`
  const sometime = sql`'2026-02-01'::timestamptz + random() * interval '60 days'`
  await db.execute(sql`
    insert into reading (person_id, module, version, at)
    select p.id, m.module, v, ${sometime} from ${people}, ${each}, generate_series(1, 2) v where random() < 0.6`)
  await db.execute(sql`
    insert into attempt (person_id, quiz, number, questions, pass_mark, out_of, started_at, submitted_at, score, passed, counts)
    select p.id, q.quiz, n, '[]', 80, 5, at, at, 5, random() < 0.7, random() < 0.8
    from ${people}, (select module as quiz from ${each} union all select 'guides/' || ${guides[0]!.id}::text) q,
      generate_series(1, 2) n, lateral (select ${sometime} as at where p.id > 0 and n > 0) t where random() < 0.6`)
  await db.execute(sql`
    with place as (
      insert into discussion (cohort_id, module) select c.id, m.module from cohort c, ${each}
      where c.course = ${course} and c.self_paced on conflict (cohort_id, module) do update set module = excluded.module
      returning id, cohort_id, module
    ), answer as (
      insert into post (discussion_id, author_id, kind, markdown, html, created_at)
      select place.id, p.id, 'reflection', 'x', 'x', ${sometime} from place, ${people} where random() < 0.7
      returning id, discussion_id, author_id, created_at
    )
    insert into submission (post_id, cohort_id, author_id, module, rubric, state, submitted_at, promised_by)
    select answer.id, place.cohort_id, author_id, place.module, 'x', case when random() < 0.7 then 'passed' else 'submitted' end,
      answer.created_at + random() * interval '20 days', now()
    from answer join place on place.id = answer.discussion_id`)
  await db.execute(sql`
    insert into taking_part (person_id, module, replies)
    select p.id, m.module, floor(random() * 4)::int from ${people}, ${each} where random() < 0.7`)
  await db.execute(sql`
    insert into guide_completion (person_id, guide, at)
    select p.id, g.guide, ${sometime} from ${people},
      unnest(${sql.param([...guides.map(({ id }) => id), 'gone'])}::text[]) as g (guide) where random() < 0.5`)
  await db.execute(sql`
    insert into evidence (person_id, kind, source, external_id, occurred_on, count, state, minutes, supervisor_id)
    select p.id, (array['group_chat', 'positive_review'])[1 + floor(random() * 2)::int], 'x', p.id::text || '-' || n,
      current_date - floor(random() * 50)::int, 1 + floor(random() * 2)::int,
      (array['confirmed', 'confirmed', 'logged', 'declined'])[1 + floor(random() * 4)::int],
      case when n < 4 then 20 + floor(random() * 90)::int end, case when n < 4 then ${another} end
    from ${people}, generate_series(1, 5) n where random() < 0.6`)
  // What an admin has put right beside them, up or down.
  await db.execute(sql`
    insert into evidence (person_id, kind, source, external_id, occurred_on, count, state)
    select p.id, 'group_chat', 'correction', p.id::text || '-' || n, current_date - floor(random() * 50)::int,
      (array[-2, -1, 1, 3])[1 + floor(random() * 4)::int], 'confirmed'
    from ${people}, generate_series(1, 2) n where random() < 0.3`)
  await db.execute(sql`
    insert into assessment (person_id, checklist, assessor_id, as_badge, occurred_on, place, items, enough, passed, words, withdrawn_at)
    select p.id, (array['leading', 'other'])[1 + floor(random() * 2)::int], ${another}, 'mentor',
      current_date - floor(random() * 50)::int, 'x', '[]', 1, random() < 0.7, 'x', case when random() < 0.2 then now() end
    from ${people}, generate_series(1, 4) n where random() < 0.5`)
  await db.execute(sql`
    insert into track_choice (person_id, badge, track)
    select p.id, b.badge, (array['team', 'quality', 'gone'])[1 + floor(random() * 3)::int]
    from ${people}, unnest(array['moderator', 'mentor']) as b (badge) where random() < 0.7`)
  await db.execute(sql`
    insert into application (person_id, badge, statement, ended_at)
    select p.id, b.badge, 'x', case when random() < 0.4 then now() end
    from ${people}, unnest(array['moderator', 'mentor']) as b (badge) where random() < 0.5`)
  await db.execute(sql`
    insert into endorsement (person_id, badge, by_id, as_badge, words, withdrawn_at)
    select p.id, b.badge, ${another}, a.badge, 'x', case when random() < 0.3 then now() end
    from ${people}, unnest(array['moderator', 'mentor']) as b (badge), unnest(array['moderator', 'mentor']) as a (badge)
    where random() < 0.4 on conflict do nothing`)
  await db.execute(sql`
    insert into certificate (code, person_id, badge, granted_at, expires_on, ended_at, ended_by, suspended_at, suspended_for)
    select md5(p.id::text || b.badge || n), p.id, b.badge, now() - random() * interval '80 days',
      case when random() < 0.5 then current_date - 10 + floor(random() * 40)::int end,
      case when n = 2 then now() end, case when n = 2 then 'revocation' end, suspended.at, case when suspended.at is not null then 'conduct' end
    from ${people}, unnest(array['moderator', 'mentor']) as b (badge), generate_series(1, 2) n,
      lateral (select case when random() < 0.3 then now() end as at where p.id > 0 and n > 0 and b.badge > '') suspended where random() < 0.5`)
  await db.execute(sql`
    insert into enrolment (cohort_id, person_id, course, finished_at)
    select c.id, p.id, c.course, case when random() < 0.7 then ${sometime} end
    from ${people}, cohort c where c.course = ${course} and c.self_paced and random() < 0.7`)
  return ids
}
