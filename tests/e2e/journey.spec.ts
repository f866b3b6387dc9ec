import { type Browser, expect, test } from '@playwright/test'
import { content } from '../../src/authoring/content.ts'
import { addAdmin } from '../support/cast.ts'
import type { RunningSite } from '../support/start.ts'
import { ownSite } from './own-site.ts'
import { daysAgo, Visitor } from './visitor.ts'

const introduction = content().course('introduction-to-group-support')!.modules
const training = content().course('moderator-training')!.modules
const beforeOthers = introduction.find(({ reflection }) => reflection?.beforeOthers)!

// Each is long, and on a site of its own.
test.describe.configure({ mode: 'parallel' })

for (const scripts of [true, false]) {
  test.describe(scripts ? 'with JavaScript' : 'without JavaScript', () => {
    const own = ownSite()
    test.afterEach(async ({}, info) => {
      if (info.status !== info.expectedStatus)
        await info.attach('what the site said', { body: own.site.said })
    })

    test('four people come from signing up to a Moderator whose certificate anybody can check', async ({
      browser,
    }) => {
      const { admin, mentor, wisp, clover } = await arrive(browser, own.site, scripts)
      await openCohorts(admin)
      const { handle } = await addAdmin(own.db, { handle: 'aspen' })
      const second = await Visitor.signedIn(browser, handle, { origin: own.site.origin, scripts })
      await appoint(admin, second, mentor)
      for (const course of [introduction, training]) await mentor.calibrate(course[0]!.course)

      await beginTogether(wisp, clover)
      await answerBeforeOthers(wisp, clover)
      for (const { id } of introduction.slice(3)) await work(wisp, id)
      await wisp.completeGuide('giving-a-warning')
      await practise(wisp, mentor)
      await returnOne(mentor, wisp)
      await gradeAll(mentor)
      await grant(admin, wisp, 'Room Supporter')

      for (const { id } of training) await work(wisp, id)
      await gradeAll(mentor)
      await grant(admin, wisp, 'Moderator')
      await checkAndRevoke(browser, admin, wisp, scripts, own.site.origin)
    })
  })
}

/** The first admin comes by the link that the site said when it started; the others sign up. */
async function arrive(browser: Browser, site: RunningSite, scripts: boolean) {
  const open = (handle: string) => Visitor.open(browser, handle, { origin: site.origin, scripts })
  const admin = await open('alder')
  const link = new URL(site.link('/sign-up/'))
  await admin.signUp('Alder', link.pathname)
  await admin.sees('Admin')
  const mentor = await open('maple')
  await mentor.signUp('Maple')
  const wisp = await open('wisp')
  await wisp.signUp('Wisp')
  const clover = await open('clover')
  await clover.signUp('Clover')
  return { admin, mentor, wisp, clover }
}

async function openCohorts(admin: Visitor): Promise<void> {
  for (const [course, name] of [
    ['introduction-to-group-support', 'First circle'],
    ['moderator-training', 'First moderators'],
  ]) {
    await admin.page.goto('/admin/cohorts')
    await admin.page.getByLabel('Course', { exact: true }).selectOption(course!)
    await admin.page.getByLabel('Name').fill(name!)
    await admin.page.getByLabel('First day').fill(daysAgo(1))
    await admin.press('Add the cohort')
    await admin.page.goto('/admin/cohorts')
    await admin.follow(name!)
    await admin.page.getByLabel('Handles').fill('@wisp\nclover')
    await admin.press('Enrol them')
    await admin.sees('@clover')
    await admin.page.getByLabel('Handle of a mentor').fill('maple')
    await admin.press('Add as mentor')
    await admin.sees('Maple')
  }
}

/** A founding mentor has nobody who could have trained them: an override by two, with its reason on the record. */
async function appoint(admin: Visitor, second: Visitor, mentor: Visitor): Promise<void> {
  expect((await mentor.page.goto('/desk'))?.status()).toBe(404)
  await admin.page.goto('/admin/people/maple')
  await admin.page.locator('#override summary').click()
  const form = admin.page.locator('#override-form')
  await form.getByLabel('Badge').selectOption('mentor')
  await form.getByLabel('Why').fill('Has led rooms here for years.')
  await admin.press('Propose it to another admin')
  expect((await mentor.page.goto('/desk'))?.status()).toBe(404)
  await second.page.goto('/admin/queue/maple/mentor')
  await second.press('Confirm, and grant Group Support Mentor')
  expect((await mentor.page.goto('/desk'))?.status()).toBe(200)
}

/** The first two modules: both answer, and one talks to the other, who finds it on their home page. */
async function beginTogether(wisp: Visitor, clover: Visitor): Promise<void> {
  for (const [index, { id, title }] of introduction.slice(0, 2).entries()) {
    await work(clover, id)
    await work(wisp, id)
    if (index > 0) continue
    await clover.page.goto(`/courses/${id}`)
    const reflection = clover.page.locator('#discussion .post').filter({ hasText: wordsOf(wisp, id) })
    await reflection.getByRole('link', { name: /^Reply/ }).click()
    await clover.page.getByRole('textbox', { name: 'Reply to @wisp' }).fill('@wisp I read this twice.')
    await clover.press('Post reply')
    await clover.sees('I read this twice.')
    await wisp.page.goto('/')
    await wisp.sees(`@clover mentioned you in “${title}”.`)
  }
}

/** A module that asks for one's own answer first shows nobody else's until it is there. */
async function answerBeforeOthers(wisp: Visitor, clover: Visitor): Promise<void> {
  const { id } = beforeOthers
  expect(id).toBe(introduction[2]?.id)
  await work(clover, id)
  await wisp.page.goto(`/courses/${id}`)
  await wisp.sees('What others wrote appears here once you have posted your own reflection.')
  await wisp.misses(wordsOf(clover, id))
  await work(wisp, id)
  await wisp.page.goto(`/courses/${id}`)
  await wisp.sees(wordsOf(clover, id))
}

const wordsOf = ({ handle }: Visitor, module: string) =>
  `What ${handle} thinks about ${module.split('/')[1]}, in a few words.`

/** All of a module. */
async function work(visitor: Visitor, module: string): Promise<void> {
  await visitor.read(module)
  await visitor.reflect(module, wordsOf(visitor, module))
  await visitor.passQuiz(module)
}

/** Two group chats: logged, and confirmed by the mentor. */
async function practise(wisp: Visitor, mentor: Visitor): Promise<void> {
  for (const day of [3, 2]) {
    await wisp.page.goto('/practice')
    await wisp.page.getByLabel('What was it?').selectOption('group_chat/supported')
    await wisp.page.getByLabel('When?').fill(daysAgo(day))
    await wisp.page.getByLabel('Where?').fill('Night room')
    await wisp.press('Log it')
    await expect(wisp.page.getByText('Night room')).toHaveCount(day === 3 ? 1 : 2)
  }
  for (const left of [1, 0]) {
    await mentor.page.goto('/desk/practice')
    await mentor.press(/^Confirm/)
    await mentor.page.goto('/desk/practice')
    await expect(mentor.page.getByRole('button', { name: /^Confirm/ })).toHaveCount(left)
  }
}

/** One reflection goes back, is revised, and comes to the desk again. */
async function returnOne(mentor: Visitor, wisp: Visitor): Promise<void> {
  const module = introduction[0]!
  await mentor.page.goto('/desk')
  const waiting = mentor.page
    .getByRole('listitem')
    .filter({ hasText: '@wisp' })
    .filter({ hasText: module.title })
  await waiting.getByRole('button').click()
  await mentor.sees('Your grade')
  await fillGrade(mentor, 'There is a good thought in it. What did you do, that evening?')
  await mentor.page.getByRole('textbox', { name: 'What to change' }).fill('Tell us what you did next.')
  await mentor.press('Return for another try')

  await wisp.page.goto('/')
  await wisp.sees(/came back with what to change/)
  await wisp.page.goto(`/courses/${module.id}`)
  await wisp.sees('What did you do, that evening?')
  await wisp.sees('Tell us what you did next.')
  await wisp.follow('Revise your reflection')
  const box = wisp.page.getByRole('textbox', { name: 'Revise your reflection' })
  await box.fill(`${await box.inputValue()} I waited, and then I asked.`)
  await wisp.press('Send to the mentors again')
  await wisp.sees('I waited, and then I asked.')
}

/** From one to the next until nothing waits. */
async function gradeAll(mentor: Visitor): Promise<void> {
  await mentor.page.goto('/desk')
  await mentor.press('Grade the next one')
  for (let graded = 0; graded < 40; graded++) {
    if (!(await mentor.page.getByText('Your grade').isVisible())) break
    await fillGrade(mentor, 'Honest, and careful with the people in it.')
    await mentor.press('Pass and open next')
  }
  await mentor.page.goto('/desk')
  await mentor.sees(/Nothing waits/)
}

async function fillGrade({ page }: Visitor, feedback: string): Promise<void> {
  const criteria = page.locator('#grade fieldset:has([type=radio])')
  for (const criterion of await criteria.all()) await criterion.getByRole('radio').last().check()
  await page.getByRole('textbox', { name: 'Feedback' }).fill(feedback)
}

async function grant(admin: Visitor, wisp: Visitor, badge: string): Promise<void> {
  await admin.page.goto('/admin/queue')
  await admin.page.getByRole('link', { name: `Look at the evidence of @wisp for ${badge}` }).click()
  await admin.page.getByLabel('A note for the record').fill('Steady and kind.')
  await admin.press(`Grant ${badge}`)
  await wisp.page.goto('/')
  await wisp.sees(`You hold a new badge: ${badge}.`)
}

/** The certificate is good for anybody, until it is revoked; it names nobody who did not ask to be named. */
async function checkAndRevoke(
  browser: Browser,
  admin: Visitor,
  wisp: Visitor,
  scripts: boolean,
  origin: string,
) {
  await wisp.page.goto('/path/moderator')
  const certificate = await wisp.page.locator('a[href*="/certificates/"]').first().getAttribute('href')
  const anybody = await Visitor.open(browser, 'anybody', { origin, scripts })
  await anybody.page.goto(certificate!)
  await anybody.sees('This certificate is valid')
  await anybody.sees('The holder')
  await anybody.misses(/wisp/i)

  await admin.page.goto('/admin/people/wisp')
  await admin.page.getByRole('link', { name: 'Suspend or revoke Moderator' }).click()
  const details = admin.page.locator('details').filter({ hasText: 'Revoke Moderator' })
  await details.locator('summary').click()
  await details.getByLabel('What kind of reason').selectOption('At their own wish')
  await details.getByLabel('Why').fill('Stepped back.')
  await admin.press('Revoke Moderator', details)
  await anybody.page.goto(certificate!)
  await anybody.sees('This certificate was revoked')

  await admin.page.goto('/admin/record?check=1')
  await admin.sees(/whole|unbroken|holds|in order/i)
}
