import { type Browser, expect, test } from '@playwright/test'
import { password } from '../../db/seed/demo/password.ts'
import { ownSite } from './own-site.ts'
import { Visitor } from './visitor.ts'

/** A personal question, asked before others' answers are shown; the autumn circle is just about to come to it. */
const personal = 'introduction-to-group-support/sharing-and-naming-challenges'
const first = 'global-mod-training/moderating-away-from-home'
/** A module that asks for a reply to somebody else, whose discussion has some. */
const together = 'global-mod-training/working-with-other-leaders'

for (const scripts of [true, false]) {
  test.describe(scripts ? 'with JavaScript' : 'without JavaScript', () => {
    const own = ownSite('demonstration')

    const signIn = async (browser: Browser, handle: string) => {
      const visitor = await Visitor.open(browser, handle, { origin: own.site.origin, scripts })
      await visitor.page.goto('/sign-in')
      await visitor.page.locator('[name=name]').fill(handle)
      await visitor.page.locator('[name=password]').fill(password)
      await visitor.press('Sign in')
      return visitor
    }

    test('a trainee answers for the mentors alone, sees the others then, and shares it when they are ready', async ({
      browser,
    }) => {
      const robin = await signIn(browser, 'demo-trainee')
      const noa = await signIn(browser, 'noa')
      const mentor = await signIn(browser, 'demo-mentor')
      const words = 'What I have not told anybody but you.'

      await robin.page.goto(`/courses/${personal}`)
      await robin.sees(/Your reflection is due (by|today|tomorrow)/)
      await robin.sees('What others wrote appears here once you have posted your own reflection.')
      await robin.page.getByRole('radio', { name: /^Only my mentors/ }).check()
      await robin.page.getByText('Add a content note').click()
      await robin.page.getByLabel('Content note').selectOption('Divorce or separation')
      await robin.page.getByRole('textbox', { name: 'Your reflection' }).fill(words)
      await robin.press('Post reflection')
      await expect(robin.page.locator('#reflection .post')).toContainText(words)
      await robin.sees('Only you and your mentors see this.')
      await robin.sees('Content note: Divorce or separation')
      await robin.misses('What others wrote appears here once you have posted your own reflection.')
      await expect(robin.page.locator('#discussion .post').first()).toBeVisible()

      const id = /\d+/.exec((await robin.page.locator('#reflection .post').getAttribute('id')) ?? '')![0]
      await noa.page.goto(`/posts/${id}`)
      await noa.misses(words)
      await noa.page.goto('/people/demo-trainee')
      await noa.misses(words)
      await mentor.page.goto(`/posts/${id}`)
      await expect(mentor.page.locator(`#post-${id}`)).toContainText(
        'Only its author and the mentors see this.',
      )

      await robin.page.getByText('Share it with your cohort').click()
      await robin.press('Share my reflection')
      await robin.sees('Your cohort can read your reflection now.')
      await noa.page.goto(`/posts/${id}`)
      await expect(noa.page.locator(`#post-${id}`)).toContainText('Content note: Divorce or separation')
    })

    test('a Moderator replies to somebody else, and with that the module is done', async ({ browser }) => {
      const hazel = await signIn(browser, 'hazel')
      await hazel.page.goto('/courses/global-mod-training')
      await hazel.press('Start this course')
      for (const module of [first, together]) {
        await hazel.read(module)
        await hazel.passQuiz(module)
        await hazel.reflect(module, 'I would ask first how they do it at home.')
      }
      await hazel.sees('0 of 1 replies to others')
      await hazel.page.goto('/courses/global-mod-training')
      await hazel.follow('Reply to one other on “Working with other leaders”')
      expect(new URL(hazel.page.url()).hash).toBe('#discussion')

      const others = hazel.page.locator('#discussion > .post').first()
      await others
        .getByRole('link', { name: /^Reply to/ })
        .first()
        .click()
      await hazel.page.getByRole('textbox', { name: /^Reply to @/ }).fill('I have seen that too.')
      await hazel.press('Post reply')
      await hazel.sees('I have seen that too.')
      await hazel.sees('1 of 1 replies to others')
      await hazel.sees('Done here')
      await hazel.page.goto('/courses/global-mod-training')
      await hazel.sees('Read, reflection with the mentors, quiz passed, 1 of 1 replies to others')
    })

    test('an admin gives a cohort days of its own, is told of those out of order, and goes back to the module’s', async ({
      browser,
    }) => {
      const admin = await signIn(browser, 'demo-admin')
      const trainee = await signIn(browser, 'henrike')
      await admin.page.goto('/admin/cohorts')
      await admin.follow('Autumn circle')
      const day = admin.page.locator('[name="reflection.sharing-and-naming-challenges"]')
      const due = () => trainee.page.goto(`/courses/${personal}`)

      await day.fill('2020-01-01')
      await admin.press('Save the dates')
      await admin.sees('This day comes before the cohort begins.')
      await expect(day).toHaveValue('2020-01-01')
      await day.fill('2099-05-04')
      await admin.press('Save the dates')
      await admin.sees('The dates are saved.')
      await due()
      await trainee.sees('Your reflection is due by Monday 4 May 2099.')
      await day.fill('')
      await admin.press('Save the dates')
      await admin.sees('The dates are saved.')
      await due()
      await trainee.misses(/2099/)
    })
  })
}
