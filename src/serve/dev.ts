import { dev } from 'astro'
import { db } from '../../db/client.ts'
import { env } from '../env.ts'
import { startJobs } from '../jobs/main.ts'
import { firstAdminLink } from '../people/invitations.ts'
import { openDatabase } from './database.ts'
import { whenAskedToStop } from './stopping.ts'

const say = (line: string) => {
  console.log(line)
}

/** For authors and developers: the site from its sources, on the same database as `npm start`. */
const closeDatabase = await openDatabase(say)
const stopJobs = await startJobs()
const site = await dev({ server: { port: env.PORT, host: env.HOST } })
whenAskedToStop(async () => {
  await site.stop()
  await stopJobs()
  await closeDatabase()
})
const path = await firstAdminLink(db())
if (path) say(`There is no admin yet. This link makes the first one, and works once: ${env.ORIGIN}${path}`)
