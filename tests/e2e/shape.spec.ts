import { type Browser, expect, test } from '@playwright/test'
import { ownSite } from './own-site.ts'
import { Visitor } from './visitor.ts'

const course = 'introduction-to-group-support'
const module = `${course}/what-group-support-is`

const own = ownSite()

/** Somebody who takes the course. */
const takesCourse = (browser: Browser, handle: string, scripts: boolean) =>
  Visitor.joined(browser, handle, {
    ...{ origin: own.site.origin, scripts, name: `${handle[0]!.toUpperCase()}${handle.slice(1)}`, course },
  })

const inDiscussion = ({ page }: Visitor, words: string) =>
  page.locator('.post').filter({ hasText: words }).last()

for (const scripts of [true, false]) {
  const how = scripts ? 'with JavaScript' : 'without JavaScript'
  const name = (who: string) => `${who}${scripts ? '' : '-plain'}`

  test(`people thank, answer, quote, edit and delete, ${how}`, async ({ browser }) => {
    const wren = await takesCourse(browser, name('wren'), scripts)
    const alba = await takesCourse(browser, name('alba'), scripts)
    const liked = `I like the quiet as much as ${name('wren')}.`
    const loved = liked.replace('like', 'love')
    const meet = `Then let us meet there, ${name('alba')}.`
    const mine = `What ${name('wren')} thinks of quiet rooms.`
    await wren.reflect(module, mine)

    // One thanks the other: once, however often the button is pressed, and can take it back.
    await alba.page.goto(`/courses/${module}`)
    const thread = inDiscussion(alba, mine)
    await thread.getByRole('link', { name: /^React/ }).click()
    await alba.press('Thank you', thread)
    const thanks = thread.getByRole('button', { name: 'Thank you: 1, you among them' })
    await expect(thanks).toHaveAttribute('aria-pressed', 'true')
    await alba.press(/^Thank you: 1/, thread)
    await expect(thanks).toHaveCount(0)
    await thread.getByRole('link', { name: /^React/ }).click()
    await alba.press('Thank you', thread)
    await expect(thanks).toBeVisible()

    // An answer to the reflection begins empty, unless one asks for its words.
    await thread.getByRole('link', { name: /^Reply/ }).click()
    const answer = alba.page.getByRole('textbox', { name: /^Reply to/ })
    await expect(answer).toHaveValue('')
    await answer.fill(liked)
    await alba.press('Post reply')
    await alba.sees(liked)

    // An answer to a reply begins with its words, and leads to them.
    await wren.page.goto(`/courses/${module}`)
    await inDiscussion(wren, liked)
      .getByRole('link', { name: /^Reply/ })
      .click()
    const back = wren.page.getByRole('textbox', { name: `Reply to @${name('alba')}` })
    await expect(back).toHaveValue(/^> \[@alba(-plain)? wrote\]\(\/posts\/\d+\):\n>\n> I like .*\n\n$/)
    await back.fill(`${await back.inputValue()}${meet}`)
    await wren.press('Post reply')
    const quoting = inDiscussion(wren, meet)
    await expect(quoting.locator('blockquote')).toContainText(liked)
    await quoting.getByRole('link', { name: /wrote$/ }).click()
    await expect(wren.page.locator('.post:target')).toContainText(liked)

    // Who looks into the history of an edit sees what went in and what came out.
    await alba.page.goto(`/courses/${module}`)
    const own = alba.page.locator('#discussion .reply').first()
    await own.getByRole('link', { name: /^Edit/ }).click()
    await alba.page.getByRole('textbox', { name: 'Edit your post' }).fill(loved)
    await alba.press('Save changes')
    await own.getByRole('link', { name: 'edited' }).click()
    await expect(alba.page.locator('.changes ins')).toHaveText('love')
    await expect(alba.page.locator('.changes del')).toHaveText('like')
    await alba.follow('The whole text')
    await expect(alba.page.locator('.prose')).toHaveText([loved, liked])

    // A reflection is deleted after one question; what others answered stays, and one may answer anew.
    await wren.page.goto(`/courses/${module}`)
    await wren.page
      .locator('#reflection .post')
      .first()
      .getByRole('link', { name: /^Delete/ })
      .first()
      .click()
    await wren.sees('the question is open again')
    await wren.press('Delete your reflection')
    await wren.misses(mine)
    await expect(
      wren.page.locator('.post').filter({ hasText: 'Deleted by its author.' }).first(),
    ).toBeVisible()
    await wren.page.goto(`/courses/${module}`)
    await expect(wren.page.getByRole('textbox', { name: 'Your reflection' })).toBeVisible()
    await alba.page.goto(`/courses/${module}`)
    await alba.misses(mine)
    const left = alba.page.locator('#discussion .post').filter({ hasText: 'Deleted by its author.' }).first()
    await expect(left).toContainText(loved)
    await expect(left).toContainText(meet)
  })
}

test('a reaction, and a form that opens elsewhere, leave a half-typed reply where it is', async ({
  browser,
}) => {
  const finch = await takesCourse(browser, 'finch', true)
  const heron = await takesCourse(browser, 'heron', true)
  await finch.reflect(module, 'What finch thinks.')
  await heron.page.goto(`/courses/${module}`)
  const thread = inDiscussion(heron, 'What finch thinks.')
  await thread.getByRole('link', { name: /^Reply/ }).click()
  const answer = heron.page.getByRole('textbox', { name: 'Reply to @finch' })
  await answer.fill('Half a thou')
  const posts: string[] = []
  heron.page.on('request', request => {
    if (request.method() === 'POST') posts.push(request.url())
  })
  await thread.getByRole('link', { name: /^React/ }).click()
  await thread.getByRole('button', { name: 'I’m with you' }).dblclick()
  const given = thread.getByRole('button', { name: 'I’m with you: 1, you among them' })
  await expect(given).toBeFocused()
  await expect(answer).toHaveValue('Half a thou')
  expect(posts).toHaveLength(1)
  await thread.getByRole('link', { name: /^React/ }).press('Enter')
  await expect(thread.locator('summary', { hasText: 'React' })).toBeFocused()
  await expect(thread.locator('details').getByRole('button', { name: 'I’m with you' })).toHaveCount(0)
  await heron.page.keyboard.press('Escape')
  await expect(thread.locator('details[open]')).toHaveCount(0)
})
