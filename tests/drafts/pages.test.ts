import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { discussion, post } from '../../db/schema/discussions.ts'
import { draft } from '../../db/schema/drafts.ts'
import { xssCorpus } from '../authoring/xss-corpus.ts'
import { open, reflect } from '../discussions/deeds.ts'
import { addAdmin, addCohortOf, addTrainee, openCourses, password } from '../support/cast.ts'
import { type Site, testSite } from '../support/site.ts'

const site: Site = await testSite()
const { db } = site
await openCourses(db)

const page = `/courses/${open.id}`
const words = 'The night room, because “nobody” hurries <there> & everybody stays.'
const written = 'The night room, because “nobody” hurries &lt;there&gt; &amp; everybody stays.'

/** Somebody in a cohort with one other, whose reflection they can reply to. */
async function atTheDiscussion() {
  const [hope, river] = [await addTrainee(db), await addTrainee(db)]
  const cohort = await addCohortOf(db, [hope, river])
  const visitor = await site.visitor({ handle: hope.handle, password })
  const { id } = await reflect(db, river, 'Something to reply to.')
  const [row] = await db.select({ id: post.discussionId }).from(post).where(eq(post.id, id))
  const form = `${page}?reply=${id}`
  const fields = { key: randomUUID(), post: String(id), subject: String(id), markdown: words }
  return { hope, river, cohort, visitor, post: id, discussionId: row!.id, form, fields }
}

const drafts = (person: { id: number }) => db.select().from(draft).where(eq(draft.personId, person.id))
const textOf = async (answer: Response | Promise<Response>) => (await answer).text()
const postsSaying = async (text: string, author: { id: number }) =>
  (await db.select().from(post).where(eq(post.authorId, author.id))).filter(
    ({ markdown }) => markdown === text,
  )
/** What stands in the fields of a page. */
const inFields = (html: string) =>
  [...html.matchAll(/<textarea[^>]*>\n?([^<]*)<\/textarea>/g)].map(([, text]) => text)

test('a draft is in its field when the page is drawn, with the way to discard it', async () => {
  const { hope, visitor, fields, form } = await atTheDiscussion()
  const name = `reply:${fields.post}`
  expect((await site.post('drafts.keep', { name, words }, visitor)).status).toBe(303)
  const drawn = await textOf(site.get(form, visitor))
  expect(inFields(drawn)).toContain(written)
  expect(drawn).toContain('These are your own words from before. They have not been posted yet.')

  const discard = /<button[^>]* form="(reply-\d+-discard)"/.exec(drawn)?.[1]
  expect(drawn).toContain(`id="${discard}"`)
  expect((await site.post('drafts.discard', { key: randomUUID(), name }, visitor, form)).status).toBe(303)
  expect(await drafts(hope)).toEqual([])
  expect(inFields(await textOf(site.get(form, visitor)))).not.toContain(written)
})

test('nobody else sees it', async () => {
  const { river, visitor, fields } = await atTheDiscussion()
  await site.post('drafts.keep', { name: `reflection:${open.id}`, words }, visitor)
  await site.post('drafts.keep', { name: `reply:${fields.post}`, words }, visitor)
  const other = await site.visitor({ handle: river.handle, password })
  expect(await textOf(site.get(`${page}?reply=${fields.post}`, other))).not.toContain('hurries')
})

test('posting takes the draft with it: a reflection’s, a reply’s, an edit’s', async () => {
  const { hope, visitor, fields, form } = await atTheDiscussion()
  await site.post('drafts.keep', { name: `reflection:${open.id}`, words }, visitor)
  await site.post('drafts.keep', { name: `reply:${fields.post}`, words }, visitor)
  expect(await drafts(hope)).toHaveLength(2)
  const reflection = { key: randomUUID(), module: open.id, markdown: words }
  expect((await site.post('discussions.reflect', reflection, visitor, page)).status).toBe(303)
  expect((await drafts(hope)).map(({ name }) => name)).toEqual([`reply:${fields.post}`])
  expect((await site.post('discussions.reply', fields, visitor, form)).status).toBe(303)
  expect(await drafts(hope)).toEqual([])

  const [own] = await db.select().from(post).where(eq(post.authorId, hope.id)).limit(1)
  await site.post('drafts.keep', { name: `edit:${own!.id}:1`, words: 'Better words' }, visitor)
  const edit = {
    key: randomUUID(),
    post: String(own!.id),
    subject: String(own!.id),
    revision: '1',
    markdown: 'Better words',
  }
  expect((await site.post('discussions.edit', edit, visitor, page)).status).toBe(303)
  expect(await drafts(hope)).toEqual([])
})

test('a reply sent twice by impatience is posted once', async () => {
  const { hope, visitor, fields, form } = await atTheDiscussion()
  const answers = await Promise.all([
    site.post('discussions.reply', fields, visitor.copy(), form),
    site.post('discussions.reply', fields, visitor.copy(), form),
  ])
  const again = await site.post('discussions.reply', fields, visitor, form)
  const led = [...answers, again].map(answer => answer.headers.get('location'))
  expect(new Set(led).size).toBe(1)
  expect(await postsSaying(words, hope)).toHaveLength(1)
})

type World = Awaited<ReturnType<typeof atTheDiscussion>>
const close = ({ discussionId }: World) =>
  db.update(discussion).set({ closedAt: new Date() }).where(eq(discussion.id, discussionId))
const remove = ({ post: id }: World) =>
  db.update(post).set({ removed: 'deleted', removedAt: new Date() }).where(eq(post.id, id))
const leave = ({ hope, cohort }: World) =>
  db.execute(
    sql`update enrolment set ended_at = now() where person_id = ${hope.id} and cohort_id = ${cohort.id}`,
  )
async function move({ discussionId }: World): Promise<void> {
  const elsewhere = await addCohortOf(db)
  await db.update(discussion).set({ cohortId: elsewhere.id }).where(eq(discussion.id, discussionId))
}
async function hurry({ hope }: World): Promise<void> {
  const now = sql`now() + interval '1 minute'`
  await db.execute(sql`insert into rate_limit (key, points, resets_at) values (${`write:${hope.id}`}, 1000, ${now})
    on conflict (key) do update set points = 1000`)
}

test.each<[string, number, (world: World) => Promise<unknown>]>([
  ['the discussion was closed', 409, close],
  ['the post was deleted', 409, remove],
  ['they take the course with this cohort no more', 403, leave],
  ['the post is where they may not go', 404, move],
  ['it went too fast', 429, hurry],
])(
  'when %s meanwhile, a plain form gives every word back, and posts nothing',
  async (_, status, meanwhile) => {
    const world = await atTheDiscussion()
    const { hope, visitor, form, fields } = world
    await meanwhile(world)
    const answer = await site.post('discussions.reply', fields, visitor, form)
    const drawn = await answer.text()
    expect(answer.status).toBe(status)
    expect(inFields(drawn)).toContain(written)
    expect(drawn).toMatch(/data-trouble|class="notice attention"/)
    expect(await postsSaying(words, hope)).toEqual([])
  },
)

test('whoever was signed out meanwhile has every word, and what was hidden goes with it unseen', async () => {
  const { visitor, form, fields } = await atTheDiscussion()
  await site.post('people.signOut', { key: randomUUID() }, visitor)
  const answer = await site.post('discussions.reply', { ...fields, markdown: 'Thanks' }, visitor, form)
  const drawn = await answer.text()
  expect(answer.status).toBe(401)
  expect(inFields(drawn)).toEqual(['Thanks'])
  expect(drawn).toContain(`<input type="hidden" name="key" value="${fields.key}"`)
})

test('a password is on no page that gives words back', async () => {
  const { visitor, fields } = await atTheDiscussion()
  await site.post('people.signOut', { key: randomUUID() }, visitor)
  const secret = 'correct horse battery'
  const drawn = await textOf(site.post('discussions.reply', { ...fields, password: secret }, visitor))
  expect(drawn).toContain(written)
  expect(drawn).not.toContain(secret)
})

test('a form on a page that has nothing to do with it gives its words back on one of their own', async () => {
  const { visitor, fields } = await atTheDiscussion()
  const answer = await site.post('discussions.reply', { ...fields, post: '999999' }, visitor, '/helplines')
  expect(answer.status).toBe(404)
  const drawn = await answer.text()
  expect(inFields(drawn)).toEqual([written])
  expect(drawn).toContain('href="/helplines"')
})

test('a script that writes by itself is answered by a status and no page', async () => {
  const { visitor } = await atTheDiscussion()
  const quietly = { method: 'POST', headers: { prefer: 'return=minimal' } }
  const ask = (fields: Record<string, string>, who = visitor) =>
    site.get('/?_action=drafts.keep', who, { ...quietly, body: new URLSearchParams(fields) })
  expect((await ask({ name: 'reply:1', words })).status).toBe(204)
  expect((await ask({ name: 'nonsense', words })).status).toBe(400)
  expect((await ask({ name: 'reply:1', words }, await site.visitor())).status).toBe(401)
  expect((await ask({ name: 'reply:1', words: 'x'.repeat(10_001) })).status).toBe(400)
})

test('drafts take nothing from what a person may write in a minute', async () => {
  const { hope, visitor } = await atTheDiscussion()
  await site.post('drafts.keep', { name: 'reply:1', words }, visitor)
  const rows = await db.execute<{ key: string }>(
    sql`select key from rate_limit where key like ${`%:${hope.id}`}`,
  )
  expect(rows.map(({ key }) => key)).toContain(`draft:${hope.id}`)
  expect(rows.map(({ key }) => key)).not.toContain(`write:${hope.id}`)
})

test('no draft and no word given back becomes markup, whatever it says', async () => {
  const { visitor, fields, form } = await atTheDiscussion()
  const hostile = `${xssCorpus.join('\n').slice(0, 4500)}</textarea><script>alert(1)</script>`
  const tags = (html: string) => html.match(/<[a-z/!]/gi)?.length
  const name = `reply:${fields.post}`

  await site.post('drafts.keep', { name, words: 'Tame.' }, visitor)
  const tame = tags(await textOf(site.get(form, visitor)))
  await site.post('drafts.keep', { name, words: hostile }, visitor)
  expect(tags(await textOf(site.get(form, visitor)))).toBe(tame)

  const lost = { ...fields, post: '999999' }
  const plain = tags(
    await textOf(site.post('discussions.reply', { ...lost, markdown: 'Tame.' }, visitor, '/helplines')),
  )
  const given = await textOf(
    site.post('discussions.reply', { ...lost, markdown: hostile }, visitor, '/helplines'),
  )
  expect(tags(given)).toBe(plain)
})

test('when the site can’t do its work, every word is on the answer, with the way to send it again', async () => {
  const { visitor, fields, form } = await atTheDiscussion()
  const admin = await addAdmin(db)
  expect(admin.rights.admin).toBe(true)
  await db.execute(sql`alter table session rename to session_away`)
  try {
    const answer = await site.post('discussions.reply', fields, visitor, form)
    const drawn = await answer.text()
    expect(answer.status).toBe(500)
    expect(inFields(drawn)).toContain(written)
    expect(drawn).toContain(`name="key" value="${fields.key}"`)
  } finally {
    await db.execute(sql`alter table session_away rename to session`)
  }
})
