import { rmSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { copyOfSite, writeContent } from '../support/site-copy.ts'
import { after, before } from './authored/content.ts'
import { openPlace, type Place } from './authored/place.ts'
import { remarked, type Takers, takeWithWrongKey } from './authored/remarked.ts'
import { finish, revised } from './authored/revised.ts'
import { sections } from './authored/sections.ts'
import { begin, endsIn, timed } from './authored/timed.ts'
import type { Visitor } from './visitor.ts'

let copy: string
let place: Place
test.beforeAll(async () => {
  copy = copyOfSite(before)
  place = await openPlace(copy)
})
test.afterAll(async () => {
  await place.stop()
  rmSync(copy, { recursive: true })
})

test.describe('a quiz with a time limit', () => timed(() => place))
test.describe('a quiz in sections', () => sections(() => place))

test.describe('when its authors have changed the content, and the site was started again', () => {
  let takers: Takers
  let finished: Record<'with' | 'without', Visitor>
  let away: Visitor
  let leftOpen: number
  test.beforeAll(async ({ browser }) => {
    takers = await takeWithWrongKey(place, browser)
    finished = { with: await finish(place, browser, true), without: await finish(place, browser, false) }
    away = takers.lucky
    leftOpen = await begin(away)
    await endsIn(place, leftOpen, -20)
    writeContent(copy, after)
    await place.again()
  })

  remarked(
    () => place,
    () => takers,
  )
  revised(scripts => finished[scripts ? 'with' : 'without'])

  test('a try whose time ended while nobody was there is handed in by itself, with what was saved', async () => {
    const submitted = () =>
      place.db.$client`select from attempt where id = ${leftOpen} and submitted_at is not null`
    await expect.poll(async () => (await submitted()).length).toBe(1)
    await away.page.goto(`/attempts/${leftOpen}`)
    await away.sees('Passed. Well done.')
    await away.sees('1 of 1 point')
  })
})
