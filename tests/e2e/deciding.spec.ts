import { type Browser, expect, test } from '@playwright/test'
import { content } from '../../src/authoring/content.ts'
import { endorse } from '../../src/badges/applying/endorse.ts'
import { reviewStanding } from '../../src/badges/review-standing.ts'
import { findPerson } from '../../src/people/load-person.ts'
import { completeCourse, gather } from '../badges/deeds.ts'
import { addAdmin, addMentorOf, addTrainee, again } from '../support/cast.ts'
import { ownSite, peopleOf } from './own-site.ts'
import { daysAgo, Visitor } from './visitor.ts'

const own = ownSite()
const people = peopleOf(own)
let count = 0

async function admin(browser: Browser, scripts: boolean, name: string): Promise<Visitor> {
  const { handle } = await addAdmin(own.db, { handle: `${name}${++count}` })
  return Visitor.signedIn(browser, handle, { origin: own.site.origin, scripts })
}

/** Two others speak for somebody who would lead mentors. */
async function endorsed(handle: string): Promise<void> {
  const person = (await findPerson(own.db, { handle }))!
  for (const other of [await addMentorOf(own.db), await addMentorOf(own.db)])
    await own.db.transaction(async tx => {
      await endorse(tx, content(), other, { personId: person.id, badge: 'mentor-leader', words: 'Calm.' })
      await reviewStanding(tx, content(), person.id)
    })
}

/** Somebody who has all that Room Supporter asks. */
async function addReady(name: string) {
  const person = await addTrainee(own.db, { handle: `${name}${++count}`, displayName: name })
  await gather(own.db, person, 'group_chat', 2)
  await completeCourse(own.db, person, 'introduction-to-group-support')
  return person
}

for (const scripts of [true, false]) {
  const how = scripts ? 'with JavaScript' : 'without JavaScript'

  test(`a mentor is declined until a day, appeals, and another admin grants it, ${how}`, async ({
    browser,
  }) => {
    const maple = await people.mentor(browser, 'maple', scripts)
    await endorsed(maple.handle)
    await maple.page.goto('/path/mentor-leader')
    await maple.page.getByRole('textbox', { name: /^Which project/ }).fill('The evening rooms.')
    await maple.press('Apply')

    const alder = await admin(browser, scripts, 'alder')
    const page = `/admin/queue/${maple.handle}/mentor-leader`
    await alder.page.goto('/admin/queue')
    await expect(alder.page.getByRole('row').filter({ hasText: maple.handle })).toContainText(
      '2 people speak for them',
    )
    await alder.page.goto(page)
    await alder.page.getByText('Decline for now').click()
    await alder.page.locator('#decline').getByLabel('Why').fill('Lead a <b>small</b> project first.')
    await alder.page.getByRole('radio', { name: /^On the day below/ }).check()
    await alder.press('Decline with this reason')
    await alder.sees('Please choose a day.')
    await expect(alder.page.locator('#decline').getByLabel('Why')).toHaveValue(
      'Lead a <b>small</b> project first.',
    )
    await alder.page.getByLabel('A day of your choice').fill(daysAgo(-40))
    await alder.press('Decline with this reason')
    await alder.sees('Declined for now, and on the record.')

    await maple.page.goto('/path/mentor-leader')
    await maple.sees('Lead a <b>small</b> project first.')
    await maple.sees('You can apply again from')
    await expect(maple.page.getByRole('button', { name: 'Apply' })).toHaveCount(0)
    await maple.page.getByText('Something was missed?').click()
    await maple.press('Send my appeal')
    await maple.sees('Please say in a few sentences what was missed.')
    await maple.page.getByRole('textbox', { name: 'What was missed?' }).fill('I led one, in spring.')
    await maple.press('Send my appeal')
    await maple.sees('Somebody who did not decide it looks at it again, and answers you by')

    await alder.page.goto(page)
    await alder.sees('You decided this yourself, so somebody else answers.')
    const wren = await admin(browser, scripts, 'wren')
    await wren.page.goto('/admin')
    await wren.sees(/appeal about a badge waits|appeals about badges wait/)
    await wren.page.goto('/admin/queue')
    await wren.follow(`Look at the appeal of @${maple.handle} about Group Support Mentor Leader`)
    await wren.sees('I led one, in spring.')
    await wren.press('Answer the appeal')
    await wren.sees('Please choose one of these.')
    await wren.page.getByRole('radio', { name: /^They are right/ }).check()
    await wren.page.locator('#answer-appeal').getByLabel('Why').fill('So you did. I found it.')
    await wren.press('Answer the appeal')
    await wren.sees('Answered, and granted: they hold it from this moment.')
    await maple.page.goto('/')
    await maple.sees('you were right to ask. So you did. I found it.')
    await maple.page.goto('/path/mentor-leader')
    await maple.sees('You hold it since')
  })

  test(`two admins override what is not met, and one alone does not, ${how}`, async ({ browser }) => {
    const { handle } = await addTrainee(own.db, { handle: `hope${++count}` })
    const page = `/admin/queue/${handle}/moderator`
    const alder = await admin(browser, scripts, 'alder')
    await alder.page.goto(page)
    await alder.page.getByText('Propose to grant it nevertheless').click()
    await alder.press('Propose it to another admin')
    await alder.sees('Please say why, for the record.')
    await alder.page.locator('#override-form').getByLabel('Why').fill('Led rooms for years.')
    await alder.press('Propose it to another admin')
    await alder.sees('Proposed. Nothing is granted before another admin has confirmed it.')
    await expect(alder.page.getByRole('button', { name: /^Confirm/ })).toHaveCount(0)

    const wren = await admin(browser, scripts, 'wren')
    await wren.page.goto('/admin/queue')
    await wren.follow(`Look at the override for @${handle}, Moderator`)
    await wren.sees('Led rooms for years.')
    await wren.page.getByText('Refuse it').first().click()
    await wren.page.locator('#refuse-override').getByLabel('Why not').fill('The course is short.')
    await wren.press('Refuse it', wren.page.locator('#refuse-override'))
    await alder.page.goto('/')
    await alder.sees('The course is short.')

    await alder.page.goto(page)
    await alder.page.getByText('Propose to grant it nevertheless').click()
    await alder.page.locator('#override-form').getByLabel('Why').fill('It is, and she teaches it.')
    await alder.press('Propose it to another admin')
    await wren.page.goto(page)
    await wren.press('Confirm, and grant Moderator')
    await wren.sees('Granted, with both of you on the record.')
    await wren.page.goto(page)
    await wren.sees(`proposed by @${alder.handle}`)
    await wren.sees('They hold this badge.')
  })

  test(`several are granted with one press, and of one it says why not, ${how}`, async ({ browser }) => {
    const [lily, moss, fern] = [await addReady('lily'), await addReady('moss'), await addReady('fern')]
    const alder = await admin(browser, scripts, 'alder')
    await alder.page.goto('/admin/queue?badge=room-supporter')
    for (const { handle } of [lily, moss, fern])
      await alder.page.getByRole('checkbox', { name: `@${handle} for Room Supporter` }).check()
    await alder.page.getByRole('button', { name: 'Look at those chosen' }).click()
    await alder.sees('They would hold')

    // Meanwhile another admin decides on one of them.
    const wren = await admin(browser, scripts, 'wren')
    await wren.page.goto(`/admin/queue/${moss.handle}/room-supporter`)
    await wren.page.getByText('Decline for now').click()
    await wren.page.locator('#decline').getByLabel('Why').fill('Let us talk first.')
    await wren.press('Decline with this reason')

    await alder.press('Grant up to 3 badges')
    await alder.sees('Granted: 2. Not granted: 1, and the list says why.')
    await alder.sees(/Not granted. Declined: they can try again from/)
    expect((await again(own.db, lily)).badges).toEqual(['room-supporter'])
    expect((await again(own.db, moss)).badges).toEqual([])
    expect((await again(own.db, fern)).badges).toEqual(['room-supporter'])
  })

  test(`a mentor asks another for a word, who finds the way to give it, ${how}`, async ({ browser }) => {
    const maple = await people.mentor(browser, 'maple', scripts)
    const hazel = await people.mentor(browser, 'hazel', scripts)
    await maple.page.goto('/path/mentor-leader')
    await maple.page.getByText('Ask somebody to speak for you').click()
    await maple.page.getByLabel('Their handle').fill('nobody-here')
    await maple.press('Ask them')
    await maple.sees('Please ask somebody who is Group Support Mentor or Teen Star')
    await maple.page.getByLabel('Their handle').fill(`@${hazel.handle}`)
    await maple.press('Ask them')
    await expect(maple.page.locator('.asked')).toContainText(`@${hazel.handle}`)

    await hazel.page.goto('/')
    await hazel.sees(`@${maple.handle} asks you for a word for Group Support Mentor Leader`)
    await hazel.page.goto(`/people/${maple.handle}#endorse`)
    await hazel.page.getByText('Endorse them for a badge').click()
    await hazel.page.getByRole('textbox', { name: 'What have you seen them do?' }).fill('Calm.')
    await hazel.press('Endorse')
    await maple.page.goto('/path/mentor-leader')
    await expect(maple.page.locator('.asked')).toHaveCount(0)
    await maple.sees('Calm.')
  })
}
