import type { Browser } from '@playwright/test'
import { connect, type Db } from '../../../db/client.ts'
import { addAdmin } from '../../support/cast.ts'
import { copyOf } from '../../support/shared-site.ts'
import { startCopy } from '../../support/start.ts'
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
  const url = await copyOf('empty')
  const db = connect(url, { max: 2 })
  const site = await startCopy(copy, { DATABASE_URL: url })
  let count = 0
  /** More people sign up and in here within a few minutes than one address may. */
  const unhurried = () => db.$client`delete from rate_limit`
  return {
    ...{ origin: site.origin, db, again: () => site.again() },
    async somebody(browser, scripts) {
      await unhurried()
      return Visitor.joined(browser, `somebody${++count}`, {
        origin: site.origin,
        scripts,
        name: `Somebody ${count}`,
      })
    },
    async admin(browser, scripts) {
      const { handle } = await addAdmin(db, { handle: `admin${++count}` })
      await unhurried()
      return Visitor.signedIn(browser, handle, { origin: site.origin, scripts })
    },
    async stop() {
      await db.$client.end()
      await site.stop()
    },
  }
}
