import type { Page } from '@playwright/test'
import type { Role } from '../../support/shared-site.ts'

/** A page of the demonstration in one of its states. */
export interface Sight {
  /** As in `src/pages`. */
  route: string
  /** What is to be seen there, in a few words. */
  name: string
  as: Role | null
  /** The address, or how to find it. */
  path: string | ((page: Page) => Promise<string>)
  /** What is done there before one looks. */
  then?: (page: Page) => Promise<unknown>
  /** The answer is not 200. */
  status?: number
}

/** The address behind the first link that fits, on a page. */
export const linkOn = (path: string, selector: string) => async (page: Page) => {
  await page.goto(path)
  // As the browser resolves it: some links on a page name only what differs.
  return page
    .locator(selector)
    .first()
    .evaluate(link => (link as HTMLAnchorElement).href)
}

/** Presses the first button of this name. */
export const press = (name: string | RegExp) => (page: Page) =>
  page.getByRole('button', { name }).first().click()

/** Opens all that is folded. */
export const openAll = (page: Page) =>
  page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true
  })

/** Where the demonstration’s trainee is. */
export const introduction = '/courses/introduction-to-group-support'
export const first = `${introduction}/what-group-support-is`
export const globalCalibration = '/desk/calibration/global-mod-training'
export const returned = `${introduction}/facilitating-not-directing`
export const quiz = `${returned}/quiz`
