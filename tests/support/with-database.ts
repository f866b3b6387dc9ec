import { connect, type Db } from '../../db/client.ts'
import { joinEmbedded } from '../../db/embedded.ts'
import { type RunningSite, startCopy, startTrellis } from './start.ts'

/** A site, here or a copy of it, and its database to look into; `stop` ends both. */
export async function startWithDatabase(
  code?: string,
): Promise<{ site: RunningSite; db: Db; stop: () => Promise<void> }> {
  const site = await (code === undefined ? startTrellis() : startCopy(code))
  const cluster = await joinEmbedded(site.dataFolder)
  const db = connect(cluster.url, { max: 2 })
  const stop = async () => {
    await db.$client.end()
    await cluster.leave()
    await site.stop()
  }
  return { site, db, stop }
}
