import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { against, figure, say } from './figures.ts'

/** A module that anybody may begin its course with, and that nothing else in the benchmark uses. */
const module = 'moderator-training/the-moderators-job'
const course = module.split('/')[0]!
const words =
  '<p>I would say it once, kindly, and then leave them room. Most of the time that has been enough for me, ' +
  'and where it was not, somebody else had seen it too.</p>'
const pairs = 1_500
/** The site lets one person write 120 times a minute: so many take turns. */
const writers = 100

interface Discussion {
  page: string
  /** A page far on in it; of a small one, all there is. */
  next: string
  cookie: (n: number) => string
  /** The head of a thread with replies. */
  thread: number
  /** A reply in the middle of that thread. */
  middle: number
}

/**
 * Measures the same reads and writes in discussions of 50 and of 50,000 posts: a topic, which is one long thread, and
 * a module's discussion, which is many. What their pages show is the same; what lies behind them is not.
 */
export async function measureSize(db: Db, origin: string, cookie: (n: number) => string): Promise<void> {
  say('Filling discussions of 50 and 50,000 posts…')
  const [row] = await db.execute<{ first: string }>(sql`select min(id) as first from person`)
  const first = Number(row!.first)
  const topics = [await addTopic(db, first, 50, cookie), await addTopic(db, first, 50_000, cookie)] as const
  await addStrangers(db, 20_000)
  const modules = [
    await addModule(db, first, { name: 'Small', size: 50 }, cookie),
    await addModule(db, first + writers, { name: 'Large', size: 50_000 }, n => cookie(n + writers)),
  ] as const
  await db.execute(sql`vacuum analyze`)
  await compare('a topic', origin, topics)
  await compare('a module’s discussion', origin, modules)
}

async function compare(
  what: string,
  origin: string,
  [small, large]: readonly [Discussion, Discussion],
): Promise<void> {
  const tasks: [string, (discussion: Discussion, n: number) => Promise<unknown>][] = [
    ['opened', ({ page, cookie }, n) => get(origin + page, cookie(n))],
    ['a page far on', ({ next, cookie }, n) => get(origin + next, cookie(n))],
    ['a permalink followed', ({ middle, cookie }, n) => get(`${origin}/posts/${middle}`, cookie(n))],
    ['a reply, until the new page', (discussion, n) => reply(origin, discussion, n)],
  ]
  for (const [task, work] of tasks) {
    for (let warm = 0; warm < 60; warm++) await Promise.all([work(small, warm), work(large, warm)])
    const { median, p95, ms } = await against(
      pairs,
      n => work(small, n % writers),
      n => work(large, n % writers),
    )
    figure(
      `${what} of 50,000 posts against 50: ${task}`,
      `p95 ${p95.toFixed(2)}, median ${median.toFixed(2)}`,
      `budget 1.20 (${ms.toFixed(1)} ms)`,
    )
  }
}

async function get(url: string, cookie: string): Promise<void> {
  const answer = await fetch(url, { headers: { cookie } })
  const body = await answer.text()
  if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}: ${body.slice(0, 500)}`)
}

async function reply(origin: string, { page, thread, cookie }: Discussion, n: number): Promise<void> {
  const markdown = `I have tried that too. ${randomUUID()}`
  const answer = await fetch(`${origin}${page}?_action=discussions.reply`, {
    method: 'POST',
    headers: { cookie: cookie(n), origin },
    body: new URLSearchParams({ key: randomUUID(), post: String(thread), markdown }),
    redirect: 'manual',
  })
  if (answer.status !== 303) throw new Error(`A reply was not taken: ${answer.status} ${await answer.text()}`)
  await get(new URL(answer.headers.get('location')!, origin).href, cookie(n))
}

/** A topic on the community's board with an opening and `size - 1` replies. */
async function addTopic(
  db: Db,
  first: number,
  size: number,
  cookie: (n: number) => string,
): Promise<Discussion> {
  const id = await added(db, sql`insert into discussion (title, form) values (${`Of ${size} posts`}, 'talk')`)
  const thread = await added(
    db,
    sql`insert into post (discussion_id, author_id, kind, markdown, html, replies)
      values (${id}, ${first}, 'opening', 'as html', ${words}, ${size - 1})`,
  )
  await addReplies(db, id, first)
  const middle = await middleOf(db, thread)
  const page = `/topics/${id}`
  // A full page of replies, from the middle of many or of all there are.
  const next = `${page}?after=${size > 50 ? middle - 1 : thread}`
  return { page, next, cookie, thread, middle }
}

/** A cohort's discussion: of two reflections one has three replies, so that twenty make fifty posts. */
async function addModule(
  db: Db,
  first: number,
  { name, size }: { name: string; size: number },
  cookie: (n: number) => string,
): Promise<Discussion> {
  const cohortId = await added(db, sql`insert into cohort (course, name) values (${course}, ${name})`)
  await db.execute(sql`insert into enrolment (cohort_id, person_id, course)
    select ${cohortId}, ${first}::bigint + n, ${course} from generate_series(0, ${writers - 1}::int) n`)
  const id = await added(db, sql`insert into discussion (cohort_id, module) values (${cohortId}, ${module})`)
  await db.execute(sql`
    insert into post (discussion_id, author_id, kind, markdown, html, replies)
    select ${id}, stranger.id, 'reflection', 'as html', ${words}, 3 * (n % 2)
    from generate_series(1, ${(size / 5) * 2}::int) n
    join (select id, row_number() over (order by id) as n from person where handle like 'stranger%') stranger using (n)`)
  await db.execute(sql`
    insert into submission (post_id, cohort_id, author_id, module, rubric, promised_by)
    select id, ${cohortId}, author_id, ${module}, 'practice-reflection', now() from post
    where discussion_id = ${id} and kind = 'reflection'`)
  await addReplies(db, id, first)
  const [deep] = await db.execute<{ id: string; thread: string }>(sql`
    select id, (select min(id) from post where discussion_id = ${id} and replies = 3) as thread from post
    where discussion_id = ${id} and kind = 'reflection' order by id offset 20 limit 1`)
  const thread = Number(deep?.thread ?? (await firstThread(db, id)))
  const page = `/courses/${module}`
  const next = deep ? `${page}?after=${deep.id}` : page
  return { page, next, cookie, thread, middle: await middleOf(db, thread) }
}

async function firstThread(db: Db, discussion: number): Promise<number> {
  const [row] = await db.execute<{ id: string }>(sql`
    select min(id) as id from post where discussion_id = ${discussion} and replies > 0`)
  return Number(row!.id)
}

/** People who have posted and do nothing else; so many in all. */
export const addStrangers = (db: Db, many: number) =>
  db.execute(sql`
    insert into person (handle, display_name, email, password_hash, kind, age_band, joined_on)
    select 'stranger' || n, 'Stranger ' || n, 'stranger' || n || '@example.org', 'none', 'listener', 'adult', '2026-01-01'
    from generate_series(1, ${many}::int) n
    on conflict do nothing`)

/** As many replies under each head of a thread as it says, by many in turn; then what the discussion keeps of itself. */
async function addReplies(db: Db, discussion: number, first: number): Promise<void> {
  await db.execute(sql`
    insert into post (discussion_id, author_id, kind, parent_id, markdown, html)
    select ${discussion}, ${first}::bigint + n % ${writers}::int, 'reply', head.id, 'as html', ${words}
    from post head cross join lateral generate_series(1, head.replies) n
    where head.discussion_id = ${discussion} and head.kind <> 'reply' order by head.id, n`)
  await db.execute(sql`
    update discussion set posts = p.posts, reflections = p.reflections, last_post_id = p.last
    from (select count(*)::int as posts, (count(*) filter (where kind = 'reflection'))::int as reflections,
      max(id) as last from post where discussion_id = ${discussion}) p where discussion.id = ${discussion}`)
}

async function middleOf(db: Db, thread: number): Promise<number> {
  const [row] = await db.execute<{ id: string }>(sql`
    select id from post where parent_id = ${thread} and kind = 'reply' order by id
    offset (select replies / 2 from post where id = ${thread}) limit 1`)
  return Number(row!.id)
}

async function added(db: Db, insert: ReturnType<typeof sql>): Promise<number> {
  const [row] = await db.execute<{ id: string }>(sql`${insert} returning id`)
  return Number(row!.id)
}
