import { type Browser, expect, test } from '@playwright/test'
import { ownSite, peopleOf } from './own-site.ts'

const course = 'introduction-to-group-support'
const module = `${course}/what-group-support-is`

const own = ownSite()

const people = peopleOf(own)

const trainee = (browser: Browser, name: string, scripts: boolean) =>
  people.joined(browser, name, scripts, course)

/** A mentor, who with the badge looks after everybody who learns at their own pace. */
const mentor = (browser: Browser, scripts: boolean) => people.mentor(browser, 'maple', scripts)

for (const scripts of [true, false]) {
  const how = scripts ? 'with JavaScript' : 'without JavaScript'

  test(`a worry comes before a grade: from the report to the thanks, ${how}`, async ({ browser }) => {
    const river = await trainee(browser, 'river', scripts)
    await river.reflect(module, 'Some days I wonder who would notice if I were gone.')
    const moss = await trainee(browser, 'moss', scripts)
    const maple = await mentor(browser, scripts)

    // The mentor has begun to grade when somebody is worried.
    await maple.page.goto('/desk')
    await maple.page.locator('.waiting').filter({ hasText: river.handle }).getByRole('button').click()
    await maple.sees('Your grade')
    const desk = maple.page.url()
    await maple.page.getByRole('textbox', { name: 'Feedback' }).fill('Thank you for your trust.')

    await moss.page.goto(`/courses/${module}`)
    const post = moss.page.locator('#discussion .post').filter({ hasText: river.handle }).first()
    await post.getByRole('link', { name: /^Report/ }).click()
    await moss.press('Report it')
    await moss.sees('Please choose what troubles you.')
    await moss.page.getByRole('radio', { name: /I’m worried about this person/ }).check()
    await moss.sees('If they may be in danger now')
    await moss.page.getByRole('textbox', { name: /In your own words/ }).fill('This does not sound like them.')
    await moss.press('Report it')
    await moss.sees('Thank you for looking out for them.')

    // What they wrote of the grade is kept, and why it can't be given is said.
    for (const criterion of await maple.page.locator('#grade fieldset:has([type=radio])').all())
      await criterion.getByRole('radio').first().check()
    await maple.press('Pass and open next')
    await maple.sees('Paused: somebody is worried about this person.')
    await expect(maple.page.getByText('Thank you for your trust.')).toBeVisible()

    await maple.page.goto('/')
    await maple.sees(`Somebody is worried about @${river.handle}`)
    await maple.page.goto('/desk')
    const row = maple.page.locator('.waiting').filter({ hasText: river.handle })
    await expect(row.getByRole('button')).toHaveCount(0)
    await row.getByRole('link', { name: /See the report/ }).click()
    await maple.sees('First, the person')
    await maple.sees('Ask directly and calmly about safety.')
    await maple.sees('This does not sound like them.')
    await maple.press('Done')
    await maple.sees('Please say in a few words what you did')
    await maple.page
      .getByRole('textbox', { name: 'What you did' })
      .fill('We talked. A friend is with them now.')
    await maple.press('Done')
    await maple.sees('Whoever reported it has been thanked.')

    await maple.page.goto(desk)
    await maple.misses('Paused: somebody is worried')
    await moss.page.goto('/')
    await moss.sees('A mentor has looked at the post you reported. Thank you.')
    await moss.misses('A friend is with them now.')
    await river.page.goto('/')
    await river.misses(/worried|reported/)
  })

  test(`a mentor hides a post with a reason, and shows it again, ${how}`, async ({ browser }) => {
    const river = await trainee(browser, 'river', scripts)
    await river.reflect(module, 'My neighbour Jo Bloggs of Mill Lane told me so.')
    const moss = await trainee(browser, 'moss', scripts)
    const maple = await mentor(browser, scripts)
    await moss.page.goto(`/courses/${module}`)
    const post = moss.page.locator('#discussion .post').filter({ hasText: river.handle }).first()
    await expect(post).toContainText('Mill Lane')
    await expect(post.getByRole('link', { name: /^Hide or move/ })).toHaveCount(0)
    const id = (await post.getAttribute('id'))!.replace('post-', '')

    await maple.page.goto(`/posts/${id}`)
    await maple.page
      .locator(`#post-${id} > .tools`)
      .getByRole('link', { name: /^Hide or move/ })
      .click()
    await maple.page.getByText('Hide the post').click()
    await maple.page.getByRole('textbox', { name: /Why/ }).fill('It names a neighbour.')
    await maple.press('Hide it')
    await maple.sees('A marker stands in its place')

    await moss.page.reload()
    await expect(post).toContainText('Hidden by a mentor.')
    await expect(post).not.toContainText('Mill Lane')
    await river.page.goto('/')
    await river.sees('Their reason: It names a neighbour.')

    await maple.page.getByText('Show it again').first().click()
    await maple.page.getByRole('textbox', { name: /Why/ }).fill('The name is another’s.')
    await maple.press('Show it again')
    await moss.page.reload()
    await expect(post).toContainText('Mill Lane')
  })
}
