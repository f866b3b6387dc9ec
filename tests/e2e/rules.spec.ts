import { expect, test } from '@playwright/test'
import { sql } from 'drizzle-orm'
import { content } from '../../src/authoring/content.ts'
import { plusDays } from '../../src/badges/day.ts'
import { today } from '../../src/badges/load-facts.ts'
import { putInForce } from '../../src/badges/rules/put-in-force.ts'
import { noteProposals } from '../../src/badges/rules/propose.ts'
import { addAdmin, addTrainee } from '../support/cast.ts'
import { ownSite } from './own-site.ts'
import { Visitor } from './visitor.ts'

const own = ownSite()
const badge = 'on-spot-host'
let count = 0

/** A site that began by asking for less than its content asks for now; everybody is judged by that. */
async function begin(criteria: object): Promise<void> {
  await own.db.execute(sql`delete from badge_version where badge = ${badge}`)
  await own.db.execute(sql`
    insert into badge_version (badge, number, criteria, in_force_from, judged_at)
    values (${badge}, 1, ${JSON.stringify(criteria)}::text::jsonb, now() - interval '9 days', now())`)
  await noteProposals(own.db, content())
  await own.db.execute(sql`select pg_notify('trellis_rules', '')`)
}

for (const scripts of [true, false]) {
  const how = scripts ? 'with JavaScript' : 'without JavaScript'

  test(`an admin sees whom new rules would change it for, puts them into force, and a trainee may finish under the earlier, ${how}`, async ({
    browser,
  }) => {
    await begin({ kind: 'evidence', evidence: 'group_chat', count: 2, label: 'Two <b>chats</b>' })
    const site = { origin: own.site.origin, scripts }
    const clover = await addTrainee(own.db, { handle: `clover${++count}`, displayName: 'Clover' })
    await own.db.execute(sql`
      insert into evidence (person_id, kind, source, external_id, occurred_on, count, state)
      values (${clover.id}, 'group_chat', 'x', ${`chats-${clover.id}`}, '2026-02-01', 2, 'confirmed')`)
    const trainee = await Visitor.signedIn(browser, clover.handle, site)
    await trainee.page.goto(`/path/${badge}`)
    await trainee.sees('Two <b>chats</b>')
    await trainee.sees('You have all that it takes.')

    const { handle } = await addAdmin(own.db, { handle: `alder${count}` })
    const alder = await Visitor.signedIn(browser, handle, site)
    await alder.page.goto('/admin/rules')
    await alder.sees('One change of rules waits to be looked at.')
    await alder.follow('Look at version 2 of On-spot Host')
    await alder.sees('Version 2, proposed')
    await expect(alder.page.locator('del')).toHaveText('Two <b>chats</b>')
    await expect(alder.page.locator('.figures .lose b')).not.toHaveText('0')
    await alder.follow(/^Lose/)
    await alder.sees(`@${clover.handle}`)

    await alder.page.getByLabel('Last day of the earlier rules').fill('2020-01-01')
    await alder.page.getByRole('textbox', { name: 'Why' }).fill('Hosts <i>practise</i> first.')
    await alder.press('Put into force')
    await alder.sees('Please give a day that lies ahead.')
    await expect(alder.page.getByRole('textbox', { name: 'Why' })).toHaveValue('Hosts <i>practise</i> first.')
    await alder.page.getByLabel('Last day of the earlier rules').fill(plusDays(today(), 28))
    await alder.press('Put into force')
    await alder.sees('In force from this moment.')
    // The page goes on by itself, in either way.
    await alder.sees('Everybody is judged by version 2')
    await alder.sees('Hosts <i>practise</i> first.')
    await alder.page.goto(`/admin/rules/${badge}`)
    await alder.sees('Nothing waits.')

    await trainee.page.reload()
    await trainee.sees(/^You may still finish under the earlier rules until /)
    await trainee.sees('You have all that it takes.')
    await alder.page.goto(`/admin/queue/${clover.handle}/${badge}`)
    await alder.press('Grant On-spot Host')
    await alder.sees('Granted, and on the record.')
    await trainee.page.goto(`/path/${badge}`)
    await trainee.follow('Your certificate')
    await expect(trainee.page.locator('dd', { hasText: /Version 1 \(/ })).toBeVisible()
  })
}

test('the site is killed while it judges everybody, and goes on with it once it is back', async () => {
  await begin({ kind: 'weeks-since-joining', weeks: 1 })
  await own.db.execute(sql`
    insert into person (handle, display_name, email, password_hash, kind, age_band, joined_on)
    select 'many' || n, 'many', 'many' || n || '@example.org', 'none', 'listener', 'adult', '2026-01-01'
    from generate_series(1, 60000) n`)
  const came = async () => {
    const [row] = await own.db.execute<{ done: number; people: number; judged: boolean }>(
      sql`select done, people, judged_at is not null as judged from badge_version where badge = ${badge} and number = 2`,
    )
    return row!
  }
  await own.db.transaction(tx =>
    putInForce(tx, null, { badge, version: 2, partWay: 'move', until: '', reason: 'A test.' }),
  )
  await expect.poll(async () => (await came()).done, { intervals: [20] }).toBeGreaterThan(0)
  await own.site.kill()
  const { done, judged } = await came()
  expect([judged, done % 10_000, done < 60_000]).toEqual([false, 0, true])

  await own.site.start()
  await expect.poll(async () => (await came()).judged, { timeout: 30_000 }).toBe(true)
  const { people, done: all } = await came()
  expect(all).toBe(people)
  const [kept] = await own.db.execute<{ count: number }>(
    sql`select count(*)::int as count from standing where badge = ${badge}`,
  )
  expect(kept?.count).toBe(people)
})
