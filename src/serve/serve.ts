import { db } from '../../db/client.ts'
import { env, givenDatabaseUrl } from '../env.ts'
import { startJobs } from '../jobs/main.ts'
import { missingKeys } from '../keys/missing-keys.ts'
import { ensureKeys } from '../keys/ring.ts'
import { firstAdminLink } from '../people/invitations.ts'
import { openDatabase } from './database.ts'
import { listen } from './server.ts'
import { whenAskedToStop } from './stopping.ts'

const say = (line: string) => {
  console.log(line)
}

/** What was opened, to be closed in the opposite order. */
const opened: (() => Promise<unknown>)[] = []

/**
 * Opens everything that the site needs, one thing after another, and says so; it then runs until it is asked to stop.
 * @throws BadSetting, NoDatabase or NotListening, with everything closed again
 */
export async function serve({ demo }: { demo: boolean }): Promise<void> {
  whenAskedToStop(async () => {
    say('Stopping…')
    await closeAll()
  })
  try {
    await open(demo)
  } catch (error) {
    await closeAll()
    throw error
  }
}

async function open(demo: boolean): Promise<void> {
  ensureKeys()
  say(givenDatabaseUrl() ? 'Reaching the database…' : 'Starting the database…')
  opened.push(await openDatabase(say))
  sayMissing(await missingKeys(db()))
  if (demo) await fillWithDemo()
  const site = await listen(env.PORT, env.HOST)
  opened.push(site.close)
  opened.push(await startJobs())

  const address = env.PORT === 0 ? `http://localhost:${site.port}` : env.ORIGIN
  const path = await firstAdminLink(db())
  const invitation = `\nThere is no admin yet. This link makes the first one, and works once: ${address}${path}`
  say(`Trellis is ready at ${address}${path ? invitation : ''}`)
  if (!canBeFound(env.ORIGIN))
    say(`Outsiders can check certificates only once ORIGIN is https; it is ${env.ORIGIN}.`)
}

function sayMissing(keys: string[]): void {
  if (keys.length > 0)
    say(
      `${env.SIGNING_KEYS} lacks keys that this site has signed with: ${keys.join(', ')}. ` +
        'What they signed can’t be verified until that file is brought back from a backup.',
    )
}

/** did:web is looked up over https alone; on this very machine nobody means to. */
const canBeFound = (origin: string) =>
  origin.startsWith('https:') || /^(localhost|127\.|\[::1\])/.test(new URL(origin).hostname)

async function fillWithDemo(): Promise<void> {
  const { seedDemo } = await import('../../db/seed/demo.ts')
  await seedDemo(db(), say)
}

async function closeAll(): Promise<void> {
  for (const close of opened.splice(0).reverse()) await close()
}
