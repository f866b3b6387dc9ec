import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { seedDemo } from '../../db/seed/demo.ts'
import { content } from '../../src/authoring/content.ts'
import { publicCertificate } from '../../src/badges/certificates.ts'
import { whoMayEnter } from '../../src/badges/for-rooms.ts'
import { ensureSelfPacedCohorts } from '../../src/courses/cohorts.ts'
import { certifiedBy } from '../../src/credentials/certified.ts'
import { markedIn } from '../../src/credentials/status.ts'
import { compareCounts } from '../../src/discussions/kept-counts.ts'
import { erase, eraseDue } from '../../src/own/erasing/erase.ts'
import { type Keeps, planToLeave } from '../../src/own/leaving.ts'
import { sendMail } from '../../src/people/mail.ts'
import { findPerson } from '../../src/people/load-person.ts'
import type { Person } from '../../src/people/person.ts'
import { limit } from '../../src/people/rate-limit.ts'
import { checkSignIn } from '../../src/people/sign-in.ts'
import { signHead } from '../../src/record/heads.ts'
import { siteSigner } from '../../src/record/signer.ts'
import { verifyRecord } from '../../src/record/verify.ts'
import { learnWords } from '../../src/search/learn-words.ts'
import { closeQueue } from '../../db/queue.ts'
import { testDatabase } from '../support/database.ts'
import { everything } from './every-column.ts'
import { plant } from './planting.ts'

const { db } = await testDatabase()

beforeAll(async () => {
  await ensureSelfPacedCohorts(db, content())
  await seedDemo(db, () => {})
})

const named = async (handle: string) => (await findPerson(db, { handle }))!

/** Their day has come. */
async function leaves(person: Person, keeps: Keeps): Promise<boolean> {
  await db.transaction(tx => planToLeave(tx, person, keeps, 0))
  return db.transaction(tx => erase(tx, content(), person.id))
}

/** Where in the database any of these words stands, in whatever letters. */
async function places(words: readonly string[]): Promise<string[]> {
  const wanted = new RegExp(words.map(word => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|'), 'i')
  return (await everything(db)).flatMap(({ table, row }) => {
    const found = wanted.exec(row)
    return found ? [`${table}: ${row.slice(Math.max(0, found.index - 60), found.index + 60)}`] : []
  })
}

const certificatesOf = async ({ id }: Person) =>
  (
    await db.execute<{ code: string }>(sql`select code from certificate where person_id = ${id} order by id`)
  ).map(({ code }) => code)

describe('a mentor with a long life here leaves, and keeps nothing', () => {
  let mentor: Person
  let planted: Map<string, string>
  let codes: string[]
  let place: { list: number; index: number }

  beforeAll(async () => {
    mentor = await named('demo-mentor')
    const other = await named('tobias')
    planted = await plant(db, mentor.id, other.id)
    await db.execute(sql`update person set handle = 'zqhandle', display_name = 'Zqname Zqfamily',
      email = 'zqaddress@example.org' where id = ${mentor.id}`)
    mentor = await named('zqhandle')
    codes = await certificatesOf(mentor)
    place = (await certifiedBy(db, content(), codes[0]!)).place
    await others(mentor, other)
    await db.transaction(tx =>
      sendMail(tx, { to: 'zqaddress@example.org', subject: 'Zqmail', text: 'Zqmail' }),
    )
    await closeQueue()
    await limit('sign-in-account', 'zqhandle')
    await limit('sign-in-account', 'zqaddress@example.org')
    // As if the words had been there for an hour.
    await db.execute(sql`update site_fact set value = '0' where name = 'post up to which words are learned'`)
    await db.execute(sql`update post set created_at = created_at - interval '5 minutes'`)
    await learnWords(db)
    expect(await places([...planted.keys()])).not.toEqual([])
    expect((await places(['zqhandle'])).length).toBeGreaterThan(5)
    expect(await leaves(mentor, 'nothing')).toBe(true)
  }, 120_000)

  /** What others wrote in which they are named. */
  async function others(person: Person, { id }: Person): Promise<void> {
    await db.execute(sql`
      with theirs as (select id from post where author_id = ${id} and removed is null order by id limit 2)
      update post set markdown = 'Ask @zqhandle, or @ZQhandle! Not @zqhandlebar.',
        html = '<p>Ask <a href="/people/zqhandle">@zqhandle</a>, or <a class="x" href="/people/zqhandle">@ZQhandle</a>! Not @zqhandlebar.</p>'
      where id in (select id from theirs)`)
    await db.execute(sql`insert into notification (person_id, kind, summary, href, by_id)
      values (${id}, 'buddy_paired', '@zqhandle is your buddy now.', '/people/zqhandle', ${person.id})`)
    await db.execute(
      sql`insert into draft (person_id, name, words) values (${id}, 'zq', 'Thanks @zqhandle, you')`,
    )
  }

  test('no word of theirs, nor their handle, name or address, stands anywhere any more', async () => {
    expect(await places([...planted.keys()])).toEqual([])
    expect(await places(['zqaddress', 'zqname', 'zqfamily', 'zqmail'])).toEqual([])
    const left = (await places(['zqhandle'])).map(place => place.replaceAll('zqhandlebar', ''))
    expect(left.filter(place => /zqhandle/i.test(place))).toEqual([])
  })

  test('what others said of them goes on without their handle, and nobody else’s is touched', async () => {
    const [post] = await db.execute<{ markdown: string; html: string }>(
      sql`select markdown, html from post where markdown like '%zqhandlebar%' limit 1`,
    )
    expect(post).toEqual({
      markdown: 'Ask somebody who left, or somebody who left! Not @zqhandlebar.',
      html: '<p>Ask somebody who left, or somebody who left! Not @zqhandlebar.</p>',
    })
    const [news] = await db.execute(
      sql`select summary, href, by_id from notification where summary like '%is your buddy now.' order by id desc limit 1`,
    )
    expect(news).toEqual({ summary: 'somebody who left is your buddy now.', href: '/', by_id: null })
  })

  test('nobody can sign in as them, and nobody finds them', async () => {
    for (const name of ['zqhandle', 'zqaddress@example.org'])
      await expect(
        db.transaction(tx => checkSignIn(tx, { name, password: 'trellis-demo' }, 'nowhere')),
      ).rejects.toThrow('do not go together')
    const left = (await findPerson(db, { id: mentor.id }))!
    expect(left).toMatchObject({
      displayName: 'Somebody who left',
      badges: [],
      rights: { admin: false, grade: false },
    })
    expect(await findPerson(db, { handle: left.handle })).toBe(null)
  })

  test('their certificates are unknown, and copies of them are marked as revoked', async () => {
    for (const code of codes) expect(await publicCertificate(db, null, code)).toBe(null)
    expect(await markedIn(db, 'revocation', place.list)).toContain(place.index)
  })

  test('threads keep their shape, and every count is as the facts are', async () => {
    const [left] = await db.execute<{ posts: number; words: number }>(sql`
      select count(*)::int as posts, count(*) filter (where markdown <> '' or html <> '')::int as words
      from post where author_id = ${mentor.id} and removed = 'deleted'`)
    expect(left!.posts).toBeGreaterThan(5)
    expect(left!.words).toBe(0)
    expect(await compareCounts(db)).toEqual([])
  })

  test('feedback that they gave belongs to whom they gave it', async () => {
    const [given] = await db.execute<{ count: number }>(
      sql`select count(*)::int as count from grade where mentor_id = ${mentor.id} and feedback <> ''`,
    )
    expect(given!.count).toBeGreaterThan(5)
  })

  test('the record verifies', async () => {
    await signHead(db, siteSigner())
    expect(await verifyRecord(db)).toMatchObject({ ok: true })
  })

  test('the chat platform is told whom to forget, and by no name', async () => {
    const events = await db.execute<{ type: string; data: Record<string, unknown> }>(
      sql`select type, data from webhook_event where person_id = ${mentor.id}`,
    )
    expect(events).toEqual([
      {
        type: 'person.erased',
        data: {
          person: { id: String(mentor.id) },
          unlocks: expect.objectContaining({ now: [], gained: [] }) as object,
        },
      },
    ])
  })
})

describe('somebody leaves and keeps their certificates', () => {
  test.each([
    ['without a name', 'certificates', null],
    ['with their name', 'named', 'Zqkept Name'],
  ] as const)('%s: they go on verifying, and open no room', async (_, keeps, name) => {
    const person = await named(keeps === 'named' ? 'tobias' : 'selma')
    await db.execute(sql`update person set display_name = 'Zqkept Name' where id = ${person.id}`)
    const [code] = await certificatesOf(person)
    expect(await leaves(person, keeps)).toBe(true)

    expect(await publicCertificate(db, null, code!)).toMatchObject({ validity: 'valid', name })
    expect(
      (await places([`@${person.handle}"`, 'zqkept'])).filter(found => !found.startsWith('certificate')),
    ).toEqual([])
    expect((await places(['zqkept'])).length > 0).toBe(name !== null)
    const { people } = await whoMayEnter(db, content(), { room: 'support-rooms' })
    expect(people.map(({ id }) => id)).not.toContain(String(person.id))
    // Nobody is left to whom another file could be issued; the copies that they took verify by themselves.
    await expect(certifiedBy(db, content(), code!)).rejects.toThrow()
    await signHead(db, siteSigner())
    expect(await verifyRecord(db)).toMatchObject({ ok: true })
  })
})

test('twice at once is once', async () => {
  const person = await named('aiko')
  await db.transaction(tx => planToLeave(tx, person, 'nothing', 0))
  const both = await Promise.all([1, 2].map(() => db.transaction(tx => erase(tx, content(), person.id))))
  expect(both.sort()).toEqual([false, true])
  expect(await eraseDue(db, content())).toBe(0)
})

test('what stops half-way has not begun: all or nothing', async () => {
  const person = await named('demo-trainee')
  await db.transaction(tx => planToLeave(tx, person, 'nothing', 0))
  const before = JSON.stringify(await everything(db))
  const killed = db.transaction(async tx => {
    await erase(tx, content(), person.id)
    throw new Error('The machine went dark.')
  })
  await expect(killed).rejects.toThrow('went dark')
  expect(JSON.stringify(await everything(db))).toBe(before)
  expect(await eraseDue(db, content())).toBe(1)
  expect(await findPerson(db, { handle: 'demo-trainee' })).toBe(null)
})

test('the last admin can’t leave a programme that nobody runs', async () => {
  const [wren, admin] = [await named('wren'), await named('demo-admin')]
  expect(await leaves(wren, 'nothing')).toBe(true)
  await expect(db.transaction(tx => planToLeave(tx, admin, 'nothing'))).rejects.toThrow(
    'appoint another admin first',
  )
})

test('the log gives way where somebody has left, and nowhere else', async () => {
  await expect(
    db.execute(
      sql`update audit_entry set details = '{}' where actor_id = (select id from person where handle = 'demo-new')`,
    ),
  ).rejects.toMatchObject({ cause: { message: expect.stringContaining('append-only') as string } })
  for (const statement of [
    `update audit_entry set action = 'x' where subject_id in (select id from person where left_at is not null)`,
    `update audit_entry set details = '{"a": 1}' where subject_id in (select id from person where left_at is not null)`,
    `delete from audit_entry where subject_id in (select id from person where left_at is not null)`,
    `delete from grade`,
    `delete from result`,
    `update grade set feedback = ''`,
  ])
    await expect(db.execute(sql.raw(statement))).rejects.toMatchObject({
      cause: { message: expect.stringContaining('append-only') as string },
    })
})
