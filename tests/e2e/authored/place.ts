import type { Browser } from '@playwright/test'
import type { Db } from '../../../db/client.ts'
import { addAdmin } from '../../support/cast.ts'
import { startWithDatabase } from '../../support/with-database.ts'
import { Visitor } from '../visitor.ts'

/** A site with content of these tests' own, and whoever comes to it. */
export interface Place {
  origin: string
  db: Db
  /** Somebody who has signed up just now. */
  somebody(browser: Browser, scripts: boolean): Promise<Visitor>
  /** Who runs the programme, signed in. */
  admin(browser: Browser, scripts: boolean): Promise<Visitor>
  /** Starts it again, with the content as it is now. */
  again(): Promise<void>
  stop(): Promise<void>
}

export async function openPlace(copy: string): Promise<Place> {
  const { site, db, stop } = await startWithDatabase(copy)
  let count = 0
  /** More people sign up and in here within a few minutes than one address may. */
  const open = async (browser: Browser, handle: string, scripts: boolean) => {
    await db.$client`delete from rate_limit`
    return Visitor.open(browser, handle, { origin: site.origin, scripts })
  }
  return {
    ...{ origin: site.origin, db, stop, again: () => site.again() },
    async somebody(browser, scripts) {
      const visitor = await open(browser, `somebody${++count}`, scripts)
      await visitor.signUp(`Somebody ${count}`)
      return visitor
    },
    async admin(browser, scripts) {
      const { handle } = await addAdmin(db, { handle: `admin${++count}` })
      const visitor = await open(browser, handle, scripts)
      await visitor.signIn()
      return visitor
    },
  }
}
