import type { Db, Tx } from '../../db/client.ts'

/**
 * Two writes that overlap for certain: the second begins when the first has done its work and not yet committed, and
 * the first commits once the second has either ended or waits for a lock.
 */
export async function atOnce(
  db: Db,
  first: (tx: Tx) => Promise<unknown>,
  second: (tx: Tx) => Promise<unknown>,
) {
  let done = false
  let other: Promise<unknown> = Promise.resolve()
  const one = db.transaction(async tx => {
    await first(tx)
    other = db.transaction(second).finally(() => (done = true))
    // Looked at below, whichever way it ends.
    other.catch(() => {})
    while (!done && !(await somebodyWaits(db))) await new Promise(resolve => setTimeout(resolve, 5))
  })
  const [result] = await Promise.allSettled([one])
  return [result, ...(await Promise.allSettled([other]))].map(({ status }) => status)
}

async function somebodyWaits(db: Db): Promise<boolean> {
  const rows = await db.$client`
    select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
  return rows.length > 0
}
