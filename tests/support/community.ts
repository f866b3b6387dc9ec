import { createHash, randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { content } from '../../src/authoring/content.ts'
import { rebuildStandings } from '../../src/badges/everybody/rebuild-standings.ts'
import { ensureSelfPacedCohorts } from '../../src/courses/cohorts.ts'
import { calibrate } from './cast.ts'

/** The module whose page is measured, and the size of the community around it. */
export const moduleId = 'introduction-to-group-support/what-group-support-is'
const course = moduleId.split('/')[0]!
export const people = 1000
/** Reflections with their replies in the discussion that is measured: its first page shows 100 posts. */
const reflections = 25
const repliesEach = 3
/** Posts in discussions that nobody looks at, so that tables and indexes have some size. */
const otherPosts = 10_000

const words =
  '<p>I stayed because somebody noticed that I had gone quiet, and asked without pushing. ' +
  'It made me want to do the same for whoever comes in next, and I think that is where I would start.</p>'

export interface Community {
  discussionId: number
  cohortId: number
  /** A session cookie of person number n, counted from 0. */
  cookie: (n: number) => string
}

const token = (n: number) => `bench${String(n).padStart(35, '0')}`
const hashOf = (text: string) => createHash('sha256').update(text).digest('base64url')

/** Fills an empty, migrated database. People 0 to 99 have posted; the others are enrolled and have not. */
export async function fillCommunity(db: Db): Promise<Community> {
  await ensureSelfPacedCohorts(db, content())
  await db.execute(sql`
    insert into person (handle, display_name, email, password_hash, kind, age_band, joined_on)
    select 'bench' || n, 'Bench ' || n, 'bench' || n || '@example.org', 'none', 'listener', 'adult', '2026-01-01'
    from generate_series(0, ${people - 1}::int) n`)
  const first = await firstId(db)
  await addSessions(db, first)
  const [cohort] = await db.execute<{ id: string }>(sql`
    insert into cohort (course, name) values (${course}, 'Bench') returning id`)
  const cohortId = Number(cohort!.id)
  await db.execute(sql`
    insert into enrolment (cohort_id, person_id, course) select ${cohortId}, id, ${course} from person`)
  const discussionId = await addDiscussion(db, cohortId, moduleId)
  await addPosts(db, discussionId, first, reflections, repliesEach)
  await addElsewhere(db, first)
  await makeMentor(db, first + 1, cohortId)
  await rebuildStandings(db, content())
  await db.execute(sql`vacuum analyze`)
  return { discussionId, cohortId, cookie: n => `trellis_session=${token(n)}` }
}

const firstId = async (db: Db) =>
  Number((await db.execute<{ id: string }>(sql`select min(id) as id from person`))[0]!.id)

async function addSessions(db: Db, first: number): Promise<void> {
  const hashes = Array.from({ length: people }, (_, n) => hashOf(token(n)))
  await db.execute(sql`
    insert into session (id, person_id, expires_at)
    select hash, ${first} + place - 1, now() + interval '29 days'
    from unnest(${sql.param(hashes)}::text[]) with ordinality as made (hash, place)`)
}

async function addDiscussion(db: Db, cohortId: number, module: string): Promise<number> {
  const [row] = await db.execute<{ id: string }>(sql`
    insert into discussion (cohort_id, module) values (${cohortId}, ${module}) returning id`)
  return Number(row!.id)
}

/** Reflections by the first people, each with replies by the next ones. */
async function addPosts(
  db: Db,
  discussionId: number,
  first: number,
  many: number,
  replies: number,
): Promise<void> {
  await db.execute(sql`
    insert into post (discussion_id, author_id, kind, markdown, html, replies)
    select ${discussionId}, ${first} + n, 'reflection', 'as html', ${words}, ${replies}
    from generate_series(0, ${many - 1}::int) n`)
  await db.execute(sql`
    insert into post (discussion_id, author_id, kind, parent_id, markdown, html)
    select ${discussionId}, p.author_id + 1, 'reply', p.id, 'as html', ${words}
    from post p, generate_series(1, ${replies}::int)
    where p.discussion_id = ${discussionId} and p.kind = 'reflection'`)
  await db.execute(sql`update discussion set reflections = ${many} where id = ${discussionId}`)
}

async function addElsewhere(db: Db, first: number): Promise<void> {
  const each = 500
  for (let n = 0; n < otherPosts / each / 4; n++) {
    const [cohort] = await db.execute<{ id: string }>(sql`
      insert into cohort (course, name) values (${course}, ${`Elsewhere ${randomUUID()}`}) returning id`)
    await addPosts(db, await addDiscussion(db, Number(cohort!.id), moduleId), first, each, 3)
  }
}

/** Person 1 holds the Mentor badge, mentors the cohort and is not enrolled in it. */
async function makeMentor(db: Db, id: number, cohortId: number): Promise<void> {
  await db.execute(sql`
    insert into certificate (code, person_id, badge, granted_at) values (${randomUUID()}, ${id}, 'mentor', now())`)
  await db.execute(sql`insert into cohort_mentor (cohort_id, person_id) values (${cohortId}, ${id})`)
  await calibrate(db, id)
  await db.execute(sql`update enrolment set ended_at = now() where person_id = ${id}`)
}
