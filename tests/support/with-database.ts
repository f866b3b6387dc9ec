import { connect, type Db } from '../../db/client.ts'
import { joinEmbedded } from '../../db/embedded.ts'
import { type RunningSite, startTrellis } from './start.ts'

/** A site, and its database to look into; `stop` ends both. */
export async function startWithDatabase(): Promise<{ site: RunningSite; db: Db; stop: () => Promise<void> }> {
  const site = await startTrellis()
  const cluster = await joinEmbedded(site.dataFolder)
  const db = connect(cluster.url, { max: 2 })
  const stop = async () => {
    await db.$client.end()
    await cluster.leave()
    await site.stop()
  }
  return { site, db, stop }
}
