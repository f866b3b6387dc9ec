import { expect, test } from '@playwright/test'
import { ownSite } from './own-site.ts'
import { Visitor } from './visitor.ts'

const course = 'introduction-to-group-support'
const open = `${course}/what-group-support-is`
const guarded = `${course}/facilitating-not-directing`

const own = ownSite()

/** Looks for something as one does from any page. */
async function look(visitor: Visitor, words: string): Promise<void> {
  const { page } = visitor
  await page.goto('/helplines')
  await page.getByRole('banner').getByRole('link', { name: 'Search' }).click()
  const field = page.getByRole('search').getByRole('searchbox', { name: /^Search/ })
  await field.fill(words)
  await field.press('Enter')
  await page.waitForURL(url => url.searchParams.get('q') === words)
}

const results = ({ page }: Visitor) => page.locator('.results li')

for (const scripts of [true, false]) {
  const how = scripts ? 'with JavaScript' : 'without JavaScript'

  test(`a guest finds a guide and a module from any page, ${how}`, async ({ browser }) => {
    const guest = await Visitor.open(browser, 'nobody', { origin: own.site.origin, scripts })
    await look(guest, 'warning ladder')
    await expect(guest.page.getByRole('heading', { name: 'Guides' })).toBeVisible()
    await expect(results(guest).locator('mark').first()).toHaveText(/warn|ladder/i)
    await guest.page.getByRole('navigation', { name: 'Kinds of results' }).getByText('Modules').click()
    await guest.follow('Ground rules and warnings')
    await expect(guest.page.getByRole('heading', { level: 1 })).toHaveText('Ground rules and warnings')
  })

  test(`a word typed wrongly is forgiven, and may be meant, ${how}`, async ({ browser }) => {
    const guest = await Visitor.open(browser, 'nobody', { origin: own.site.origin, scripts })
    await look(guest, 'confidentialty')
    await guest.sees('Showing results for confidentiality.')
    await expect(results(guest).first()).toBeVisible()
    await guest.follow('confidentialty')
    await guest.sees('Nothing was found for “confidentialty”.')
  })

  test(`posts are found by those who may see them, and open at their place, ${how}`, async ({ browser }) => {
    const marker = scripts ? 'kingfisher' : 'nightjar'
    const [ash, birch] = await Promise.all(
      ['ash', 'birch'].map(name =>
        Visitor.joined(browser, `${name}${marker}`, { origin: own.site.origin, scripts, name, course }),
      ),
    )
    if (!ash || !birch) throw new Error('Two people were asked for.')
    await ash.reflect(open, `I saw a ${marker} over the water and thought of the quiet room.`)

    await look(birch, marker)
    await expect(results(birch)).toHaveCount(1)
    await expect(results(birch).locator('mark')).toHaveText(marker)
    await results(birch).getByRole('link').first().click()
    await expect(birch.page.locator(':target')).toContainText(marker)

    await look(birch, `@ash${marker}`)
    await expect(birch.page.getByRole('list', { name: 'People' })).toContainText(`@ash${marker}`)
  })

  test(`where one answers first, others’ words are not found before, ${how}`, async ({ browser }) => {
    const marker = scripts ? 'goldcrest' : 'firecrest'
    const secret = scripts ? 'marigold' : 'cornflower'
    const people = ['elm', 'oak'].map(name => `${name}${marker}`)
    const [elm, oak] = await Promise.all(
      people.map(async handle => {
        const visitor = await Visitor.joined(browser, handle, { origin: own.site.origin, scripts, course })
        for (const module of [open, `${course}/rooms-and-roles`]) {
          await visitor.read(module)
          await visitor.reflect(module, 'Something of my own.')
          await visitor.passQuiz(module)
        }
        return visitor
      }),
    )
    if (!elm || !oak) throw new Error('Two people were asked for.')
    await elm.reflect(guarded, `I once pointed at a ${secret} and said nothing.`)

    for (const words of [secret, secret.slice(0, -1)]) {
      await look(oak, words)
      await oak.sees(`Nothing was found for “${words}”.`)
      await oak.misses('pointed at')
    }
    await oak.reflect(guarded, 'My own answer.')
    await look(oak, secret)
    await expect(results(oak)).toHaveCount(1)
    await expect(results(oak)).toContainText('pointed at')
  })
}
