import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { pages } from '../permissions/found-routes.ts'
import { sessionOf } from '../support/shared-site.ts'
import { type Sight, sights } from './pages.ts'

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const colours = ['color-contrast', 'link-in-text-block']

// One does not touch what another looks at, and together they take the longest of all.
test.describe.configure({ mode: 'parallel' })

test('every page is looked at', () => {
  expect([...new Set(sights.map(({ route }) => route))].toSorted()).toEqual(pages)
})

for (const sight of sights) {
  test(`${sight.route}, ${sight.name}`, async ({ browser }) => {
    const context = await browser.newContext({
      ...{ storageState: sessionOf(sight.as), reducedMotion: 'reduce' },
      viewport: { width: 1280, height: 800 },
    })
    const page = await context.newPage()
    const complaints = listen(page)
    await arrive(page, sight)

    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 800 })
      await page.emulateMedia({ colorScheme: 'light' })
      expect(await faults(page, look => look.withTags(standards)), `${width} px, light`).toEqual([])
      // In the dark only the colours are others.
      await page.emulateMedia({ colorScheme: 'dark' })
      expect(await faults(page, look => look.withRules(colours)), `${width} px, dark`).toEqual([])
    }
    // 840 px is a tablet, where tables are still tables; 640 px is a screen of 1280 px at 200% zoom.
    for (const width of [840, 640, 320]) {
      await page.setViewportSize({ width, height: 800 })
      expect(await sticksOut(page), `wider than ${width} px`).toEqual([])
    }
    expect(await headings(page)).toBe(1)
    expect(complaints).toEqual([])
    await context.close()
  })
}

/** What the browser complains of: errors on the console, and what the Content-Security-Policy refused. */
function listen(page: Page): string[] {
  const complaints: string[] = []
  page.on('pageerror', error => complaints.push(error.message))
  page.on('console', message => {
    // The answer to a form that was refused, or to an address where nothing is, is no fault of the page.
    const expected = /status of (400|401|404|409)/.test(message.text())
    if (message.type() === 'error' && !expected) complaints.push(message.text())
  })
  return complaints
}

async function arrive(page: Page, { path, then, status = 200 }: Sight): Promise<void> {
  const answer = await page.goto(typeof path === 'string' ? path : await path(page))
  expect(answer?.status()).toBe(status)
  if (!then) return
  await then(page)
  await page.waitForLoadState('networkidle')
}

async function faults(page: Page, choose: (look: AxeBuilder) => AxeBuilder): Promise<string[]> {
  // At every look axe would come into the page twice more, and say of all that is right where it stands: that takes
  // longer than the look. There are no frames in our pages, and so no need of a second page for them either.
  const isThere = await page.evaluate(() => 'axe' in window)
  const look = new AxeBuilder({ page, ...(isThere && { axeSource: 'void axe' }) })
  // Options come first: set afterwards, they would undo what was chosen.
  const { violations } = await choose(look.setLegacyMode().options({ resultTypes: ['violations'] })).analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary ?? ''}`),
  )
}

/** What makes the page scroll sideways, if anything. */
const sticksOut = (page: Page) =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return []
    return [...document.querySelectorAll('body *')]
      .filter(element => element.getBoundingClientRect().right > clientWidth + 1)
      .map(element => `${element.tagName} ${element.className} ${element.textContent.trim().slice(0, 40)}`)
  })

const headings = (page: Page) => page.locator('h1').count()

test.describe('by keyboard alone', () => {
  test('the first Tab shows a way past the places, and it leads to the page', async ({ page }) => {
    await page.goto('/guides')
    await page.keyboard.press('Tab')
    const skip = page.getByRole('link', { name: 'Skip to the page' })
    await expect(skip).toBeFocused()
    await expect(skip).toBeInViewport()
    await page.keyboard.press('Enter')
    await expect(page.locator('main')).toBeFocused()
  })

  test('what has the focus is marked, on everything that can have it', async ({ page }) => {
    await page.goto('/sign-up')
    const unmarked = await page.evaluate(() => {
      const focusable = document.querySelectorAll<HTMLElement>(
        'a, button, input:not([type=hidden]), select, textarea',
      )
      return [...focusable].flatMap(element => {
        element.focus({ focusVisible: true })
        const { outlineStyle, boxShadow } = getComputedStyle(element)
        return outlineStyle === 'none' && boxShadow === 'none' ? [element.outerHTML] : []
      })
    })
    expect(unmarked).toEqual([])
  })

  test('a form that was refused leads to what is wrong, and from there to the field', async ({ page }) => {
    await page.goto('/sign-up')
    await page.getByRole('textbox', { name: 'Password' }).press('Enter')
    const summary = page.getByRole('alert')
    await expect(summary).toBeFocused()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await expect(page.getByLabel('Handle')).toBeFocused()
  })
})
