import { type Browser, expect, test } from '@playwright/test'
import { calibrate, hold } from '../support/cast.ts'
import { ownSite } from './own-site.ts'
import { Visitor } from './visitor.ts'

const course = 'introduction-to-group-support'
const module = `${course}/what-group-support-is`

const own = ownSite()
// One mark is enough here.
test.beforeAll(() => own.db.$client`update cohort set marked_once_since = now()`)
// More people sign up here within a few minutes than one address may.
test.beforeEach(() => own.db.$client`delete from rate_limit`)

let count = 0

async function mentor(browser: Browser, name: string, scripts: boolean): Promise<Visitor> {
  const visitor = await Visitor.joined(browser, `${name}${++count}`, {
    origin: own.site.origin,
    scripts,
    name,
  })
  const [row] = await own.db.$client<{ id: string }[]>`select id from person where handle = ${visitor.handle}`
  await hold(own.db, { id: Number(row!.id) }, 'mentor')
  await calibrate(own.db, Number(row!.id))
  return visitor
}

/** Somebody has handed in a reflection, and the mentor has it before them. */
async function atAReflection(browser: Browser, maple: Visitor, scripts: boolean) {
  const river = await Visitor.joined(browser, `river${++count}`, {
    ...{ origin: own.site.origin, scripts: false, name: 'River *of* stars', course },
  })
  await river.reflect(module, 'I waited, and then I asked.')
  await maple.page.goto('/desk')
  await maple.page.locator('.waiting').filter({ hasText: river.handle }).getByRole('link').first().click()
  // With a script, opening it claims it.
  if (!scripts) await maple.press('Start grading')
  await expect(feedback(maple)).toBeVisible()
  return river
}

const feedback = ({ page }: Visitor) => page.getByRole('textbox', { name: 'Feedback' })
const toChange = ({ page }: Visitor) => page.getByRole('textbox', { name: 'What to change' })
const open = ({ page }: Visitor) => page.locator('.comments > summary').click()
const comment = ({ page }: Visitor, title: string) =>
  page.locator('.comments').getByRole('button', { name: title, exact: true })

async function keep(visitor: Visitor, title: string, words: string): Promise<void> {
  const { page } = visitor
  await page.goto('/desk/comments')
  await page.getByLabel('Title').fill(title)
  await page.getByLabel('Words', { exact: true }).fill(words)
  await visitor.press('Keep it')
  await visitor.sees('Kept. You find it beside the feedback field.')
}

for (const scripts of [true, false]) {
  const how = scripts ? 'with JavaScript' : 'without JavaScript'

  test(`a mentor keeps words, shares them, and another makes them their own, ${how}`, async ({ browser }) => {
    const maple = await mentor(browser, 'maple', scripts)
    await maple.page.goto('/desk/comments')
    await maple.sees('Here are two to begin with')
    await maple.press('Keep this one')
    await maple.sees('What stayed with me')
    await maple.page.getByLabel('Title').fill('Say what you did')
    await maple.page.getByLabel('Words', { exact: true }).fill('Dear {friend}, say what you did.')
    await maple.press('Keep it')
    await maple.sees('Nothing stands for {friend}. You can use {name}, {module} and {course}.')
    await maple.page.getByLabel('Words', { exact: true }).fill(`Dear {name}, say what you did, ${how}.`)
    await maple.press('Keep it')
    await maple.press('Share “Say what you did”')
    await maple.sees('All mentors can use it now.')

    const myrtle = await mentor(browser, 'myrtle', scripts)
    await myrtle.page.goto('/desk/comments')
    await myrtle.follow('Shared by others')
    const theirs = myrtle.page.locator('.saved-comment').filter({ hasText: maple.handle })
    await expect(theirs).toContainText(how)
    await myrtle.press(/^Copy to mine/, theirs)
    await myrtle.follow('Change “Say what you did”')
    await myrtle.page.getByLabel('Words', { exact: true }).fill('My own way.')
    await myrtle.press('Save')
    await myrtle.sees('My own way.')

    await maple.page.goto('/desk/comments')
    const mine = maple.page.locator('.saved-comment').filter({ hasText: 'Say what you did' })
    await mine.locator('summary').click()
    await maple.press('Remove it', mine)
    await maple.sees('Removed.')
    await expect(mine).toHaveCount(0)
    await myrtle.page.goto('/desk/comments')
    await myrtle.sees('My own way.')
  })

  test(`a comment goes into feedback, and nothing of the grade is lost, ${how}`, async ({ browser }) => {
    const maple = await mentor(browser, 'maple', scripts)
    await keep(maple, 'Thanks', 'Thank you, {name}.')
    await keep(maple, 'Next time', 'Next time, tell **one** moment.')
    const river = await atAReflection(browser, maple, scripts)
    const { page } = maple
    await page.locator('input[name="levels.honesty"][value="there"]').check()
    await page.locator('input[name="levels.care"][value="partly"]').check()
    await feedback(maple).fill('I read this twice.')
    await open(maple)
    await comment(maple, 'Thanks').click()
    await expect(feedback(maple)).toHaveValue('I read this twice.\n\nThank you, River \\*of\\* stars.')

    if (!scripts) await open(maple)
    await page.getByLabel('For which field').selectOption('What to change')
    await comment(maple, 'Next time').click()
    await expect(toChange(maple)).toHaveValue('Next time, tell **one** moment.')
    await expect(feedback(maple)).toHaveValue('I read this twice.\n\nThank you, River \\*of\\* stars.')
    await expect(page.locator('input[name="levels.honesty"][value="there"]')).toBeChecked()
    await expect(page.locator('input[name="levels.care"][value="partly"]')).toBeChecked()

    await page.locator('input[name="levels.connection"][value="there"]').check()
    await maple.press('Return for another try')
    await river.page.goto(`/courses/${module}`)
    await river.sees('Thank you, River *of* stars.')
    await expect(river.page.locator('strong').filter({ hasText: 'one' }).first()).toBeVisible()
  })

  test(`words just written are kept for another time, ${how}`, async ({ browser }) => {
    const maple = await mentor(browser, 'maple', scripts)
    await atAReflection(browser, maple, scripts)
    await maple.page.locator('input[name="levels.honesty"][value="there"]').check()
    await feedback(maple).fill('You waited, River *of* stars.')
    await open(maple)
    await maple.press('Keep these words for another time')
    await maple.sees(scripts ? 'Kept.' : 'Kept as “You waited, {name}.”.')
    await expect(feedback(maple)).toHaveValue('You waited, River *of* stars.')
    await expect(maple.page.locator('input[name="levels.honesty"][value="there"]')).toBeChecked()
    await maple.page.goto('/desk/comments')
    await maple.sees('You waited, {name}.')
  })
}

test('by keyboard alone a comment is found, put in at the cursor, and kept as a draft', async ({
  browser,
}) => {
  const maple = await mentor(browser, 'maple', true)
  await keep(maple, 'Say what you did', 'Say what you did.')
  await keep(maple, 'Thanks', 'Thank you, {name}.')
  await keep(maple, 'Well seen', 'Well seen, truly.')
  await atAReflection(browser, maple, true)
  const { page } = maple
  await feedback(maple).fill('Dear you. And so on.')
  await feedback(maple).evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(9, 9))
  await page.keyboard.press('Escape')
  await page.keyboard.press('t')
  await expect(page.getByLabel('Find a comment')).toBeFocused()
  await page.keyboard.type('tru')
  await expect(page.locator('.comments li:visible')).toHaveCount(1)
  const kept = page.waitForResponse(answer => answer.url().includes('drafts.keep') && answer.status() === 204)
  await page.keyboard.press('Enter')
  await expect(feedback(maple)).toHaveValue('Dear you. Well seen, truly. And so on.')
  await expect(feedback(maple)).toBeFocused()
  await kept

  await page.getByLabel('Find a comment').fill('')
  await page.getByLabel('Find a comment').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await expect(comment(maple, 'Thanks')).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowUp')
  await expect(page.getByLabel('Find a comment')).toBeFocused()
  await page.keyboard.type('nothing like it')
  await expect(page.getByText('None has these words.')).toBeVisible()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(feedback(maple)).toBeFocused()
  await expect(page.locator('form#grade')).toBeVisible()

  // Whoever wrote in a field last means that one.
  await page.getByLabel('Find a comment').fill('')
  await toChange(maple).focus()
  await comment(maple, 'Well seen').click()
  await expect(toChange(maple)).toHaveValue('Well seen, truly.')
  await page.reload()
  await expect(feedback(maple)).toHaveValue('Dear you. Well seen, truly. And so on.')

  // Words that came back from their draft have no cursor in them yet.
  await open(maple)
  await comment(maple, 'Say what you did').click()
  await expect(feedback(maple)).toHaveValue('Dear you. Well seen, truly. And so on.\n\nSay what you did.')
})
