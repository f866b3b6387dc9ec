import { type Browser, test } from '@playwright/test'
import { connect, type Db } from '../../db/client.ts'
import { addMentorOf } from '../support/cast.ts'
import { copyOf, type Made } from '../support/shared-site.ts'
import { type RunningSite, startTrellis } from '../support/start.ts'
import { Visitor } from './visitor.ts'

export interface Own {
  site: RunningSite
  /** The site's database, to look into. */
  db: Db
  url: string
}

/** A site that the tests of a file, or of a `describe`, have to themselves: there before the first of them. */
export function ownSite(made: Made = 'empty', settings: Record<string, string> = {}): Own {
  const own = {} as Own
  test.beforeAll(async () => {
    own.url = await copyOf(made)
    own.db = connect(own.url, { max: 2 })
    own.site = await startTrellis({ DATABASE_URL: own.url, ...settings })
  })
  // Left open, the pages of all tests before it would go on asking for what is new, in a process each.
  test.afterEach(async ({ browser }, { status, expectedStatus }) => {
    if (status === expectedStatus) await Promise.all(browser.contexts().map(context => context.close()))
  })
  test.afterAll(async () => {
    await own.db.$client.end()
    await own.site.stop()
  })
  return own
}

/** The same, and a second instance of the site on the same database. */
export function twoInstances(): Own & { there: RunningSite } {
  const own = ownSite() as Own & { there: RunningSite }
  test.beforeAll(async () => {
    own.there = await startTrellis({ DATABASE_URL: own.url })
  })
  test.afterAll(() => own.there.stop())
  return own
}

/** People who come to a site, each under a handle of their own; `name` is what they are called. */
export function peopleOf(own: Own) {
  let count = 0
  const at = (scripts: boolean) => ({ origin: own.site.origin, scripts })
  return {
    /** Somebody who has signed up, and takes a course if one is named. */
    joined: (browser: Browser, name: string, scripts: boolean, course?: string) =>
      Visitor.joined(browser, `${name}${++count}`, { ...at(scripts), name, ...(course && { course }) }),
    /** Somebody who holds the Mentor badge, to whom live work is open. */
    async mentor(browser: Browser, name: string, scripts: boolean) {
      const { handle } = await addMentorOf(own.db, [], { handle: `${name}${++count}`, displayName: name })
      return Visitor.signedIn(browser, handle, at(scripts))
    },
  }
}
