import { eq, sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { badgeVersion } from '../../../db/schema/badges.ts'
import { content } from '../../../src/authoring/content.ts'
import { followRules } from '../../../src/badges/rules/load-rules.ts'
import { putInForce } from '../../../src/badges/rules/put-in-force.ts'
import { xssCorpus } from '../../authoring/xss-corpus.ts'
import { addAdmin, addTrainee, password } from '../../support/cast.ts'
import { testSite, type Visitor } from '../../support/site.ts'

const site = await testSite()
const { db } = site
const badge = 'on-spot-host'
const page = `/admin/rules/${badge}`

let alder: Visitor
beforeAll(async () => {
  await addAdmin(db, { handle: 'alder' })
  await addTrainee(db)
  alder = await site.visitor({ handle: 'alder', password })
})

/** Has the content ask for so many chats, in these words, where something else is in force. @returns its number */
async function propose(label: string): Promise<number> {
  const [row] = await db
    .insert(badgeVersion)
    .values({
      badge,
      number: sql`(select max(number) + 1 from badge_version where badge = ${badge})`,
      criteria: { kind: 'not', criterion: { kind: 'weeks-since-joining', weeks: 1 }, label },
    })
    .returning({ number: badgeVersion.number })
  return row!.number
}

async function until(what: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if (await what()) return
    await new Promise(done => setTimeout(done, 25))
  }
  throw new Error('It did not come to that within ten seconds.')
}

const reads = async (path: string) => (await site.get(path)).text()

test('what one instance puts into force, the others judge and draw by within moments', async () => {
  await followRules(db)
  expect(await reads(`/path/${badge}`)).toContain('20 group chats')
  const version = await propose('Somebody who has only just come')
  expect(await reads(`/path/${badge}`)).toContain('20 group chats')
  await db.transaction(tx =>
    putInForce(tx, null, { badge, version, partWay: 'move', until: '', reason: 'A test.' }),
  )
  await until(async () => (await reads(`/path/${badge}`)).includes('Somebody who has only just come'))
  await until(() => Promise.resolve(content().badge(badge)?.version === version))
  // Nobody here judges: the site does.
  await until(async () => {
    const [row] = await db.select().from(badgeVersion).where(eq(badgeVersion.number, version))
    return row?.judgedAt != null
  })
  expect(await (await site.get(page, alder)).text()).toContain(`Everybody is judged by version ${version}`)
})

const tags = (html: string) => html.match(/<[a-z/!]/gi)?.length

test('words of authors and reasons of admins are text and nothing else', async () => {
  const read = async () => {
    const answer = await site.get(page, alder)
    expect(answer.status).toBe(200)
    return tags(await answer.text())
  }
  const version = await propose('Tame.')
  await db.execute(sql`update badge_version set reason = 'Tame.' where badge = ${badge}`)
  const tame = await read()
  for (const payload of xssCorpus.map(text => text.replaceAll('\0', '').slice(0, 160))) {
    await db.execute(sql`
      update badge_version set reason = ${payload}, criteria = case when number = ${version}
        then jsonb_set(criteria, '{label}', to_jsonb(${payload}::text)) else criteria end
      where badge = ${badge}`)
    expect(await read(), payload).toBe(tame)
  }
})

test('an address that somebody meddled with shows the first page', async () => {
  for (const query of ['?who=everybody', '?after=x', '?who=near&after=-1', `?after=${'9'.repeat(15)}`])
    expect((await site.get(page + query, alder)).status).toBe(200)
  expect((await site.get('/admin/rules/no-such-badge', alder)).status).toBe(404)
})
