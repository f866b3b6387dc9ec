import { sql } from 'drizzle-orm'
import { asWritten } from '../../src/authoring/content.ts'
import { samplingSecret } from '../../src/grading/second-marking.ts'
import { learnRules } from '../../src/badges/rules/load-rules.ts'
import { appointAdmin } from '../../src/people/admins.ts'
import { type Db, lock, type Tx } from '../client.ts'
import { siteFact } from '../schema/record.ts'
import { chance } from './demo/chance.ts'
import { live } from './demo/lives.ts'
import { inThePast } from './demo/past.ts'
import { password } from './demo/password.ts'
import { signUp } from './demo/people.ts'
import { plot } from './demo/plot.ts'
import { beganOtherwise } from './demo/rules.ts'
import { World } from './demo/world.ts'

const howToSignIn = `
The demonstration: sign in with the password ${password} as
  @demo-trainee  who is midway through the Introduction
  @demo-mentor   who has reflections waiting on the desk
  @demo-admin    who runs the programme
  @demo-new      who has only just arrived
Everybody can read that password here, so a site like this must not face the internet.
`

/**
 * Fills an empty site with a community of sixty, which has been at it for four months: what people do in it, they do by
 * the same verbs as everybody, one after another, on days that lie behind us. All or nothing; a second time, nothing.
 */
export async function seedDemo(db: Db, say: (line: string) => void): Promise<void> {
  const filled = await db.transaction(async tx => {
    await lock(tx, 'demonstration')
    const state = await stateOf(tx)
    if (state !== 'empty') return state
    say('Making the demonstration community: sixty people, four months. This takes a moment…')
    await fill(tx)
    return 'demo' as const
  })
  await learnRules(db)
  say(
    filled === 'demo'
      ? howToSignIn
      : 'There are people on this site already, so the demonstration community was left out. It wants a DATA_DIR of its own.',
  )
}

const marker = 'demonstration'

async function stateOf(tx: Tx): Promise<'empty' | 'demo' | 'others'> {
  const [row] = await tx.execute<{ demo: boolean; people: boolean }>(sql`
    select exists (select from site_fact where name = ${marker}) as demo, exists (select from person) as people`)
  if (row?.demo) return 'demo'
  return row?.people ? 'others' : 'empty'
}

/** The last thing that happened was yesterday evening: so the story goes the same way at whatever hour it is told. */
const midnight = () => new Date(new Date().setUTCHours(0, 0, 0, 0))

async function fill(tx: Tx): Promise<void> {
  const daysAgo = (days: number) => new Date(midnight().getTime() - days * 24 * 60 * 60_000)
  const content = await beganOtherwise(tx, asWritten(), { began: daysAgo(125), changed: daysAgo(2) })
  const world = new World(tx, content, chance(20_261_122), midnight())
  await samplingSecret(tx, 'So that the same reflections are marked twice, in whatever demonstration.')
  await inThePast(tx, async at => {
    await at(world.evening(124))
    const groups = await signUp(world)
    for (const handle of groups.admins) {
      await appointAdmin(tx, null, (await world.person(handle)).id)
      await world.meet(handle)
    }
    await live(await plot(world, groups), world.present, at)
    // Whoever was in the middle of something has not been looked at since.
    for (const handle of Object.values(groups).flat()) await world.review(await world.person(handle))
  })
  await tx.execute(
    sql`update notification set seen_at = created_at + interval '1 day' where created_at < now() - interval '5 days'`,
  )
  await tx.insert(siteFact).values({ name: marker, value: new Date().toISOString() })
}
