import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { Tx } from '../../../db/client.ts'
import { chance } from '../../../db/seed/demo/chance.ts'
import { type Life, live } from '../../../db/seed/demo/lives.ts'
import { inThePast } from '../../../db/seed/demo/past.ts'
import { signUp } from '../../../db/seed/demo/people.ts'
import { plot } from '../../../db/seed/demo/plot.ts'
import { World } from '../../../db/seed/demo/world.ts'
import { content } from '../../../src/authoring/content.ts'
import { plusDays } from '../../../src/badges/day.ts'
import type { Facts } from '../../../src/badges/facts.ts'
import { loadFacts, today } from '../../../src/badges/load-facts.ts'
import { Conflict, Forbidden, NotFound } from '../../../src/errors.ts'
import { samplingSecret } from '../../../src/grading/second-marking.ts'
import { appointAdmin } from '../../../src/people/admins.ts'
import { openCourses } from '../../support/cast.ts'
import { testDatabase } from '../../support/database.ts'
import { populate } from '../everybody/population.ts'
import { type Done, meddles } from './meddling.ts'

const { db } = await testDatabase()
await openCourses(db)

/** The content, as if some badge counted only the latest, so that days are facts too. */
const dated = {
  ...content(),
  outline: { ...content().outline, dated: { evidence: ['group_chat'], guides: true } },
}

async function everybody(tx: Tx, asOf?: string): Promise<Record<string, unknown>> {
  // Of whoever has left nothing is left to be told, of no evening.
  const people = await tx.execute<{ id: string }>(sql`select id from person where left_at is null`)
  const ids = people.map(({ id }) => Number(id))
  return Object.fromEntries(
    [...(await loadFacts(tx, dated, ids, { asOf }))].map(([id, facts]) => [id, told(facts)]),
  )
}

/** Whatever order they come in, and without replies of which there are none. */
const told = (facts: Facts) => ({
  ...facts,
  ...Object.fromEntries(
    Object.entries(facts).flatMap(([name, fact]) =>
      fact instanceof Set ? [[name, [...fact].toSorted()]] : [],
    ),
  ),
  replies: Object.fromEntries(Object.entries(facts.replies).filter(([, count]) => count > 0)),
  guidesCompletedOn: facts.guidesCompletedOn.map(String).toSorted(),
})

/** A life that may come to an end where others have taken away what it was about. */
async function* endsEarly(life: Life): Life {
  try {
    yield* life
  } catch (error) {
    if (!(error instanceof NotFound || error instanceof Conflict || error instanceof Forbidden)) throw error
  }
}

test('four months of sixty people, told afterwards for every evening, are what they were on that evening', async () => {
  const done: Done = new Map()
  await db
    .transaction(async tx => {
      const midnight = new Date(new Date().setUTCHours(0, 0, 0, 0))
      const world = new World(tx, content(), chance(11), midnight)
      await samplingSecret(tx, 'A test.')
      await tx.execute(sql`select setseed(0.5)`)
      const evenings = new Map<string, Record<string, unknown>>()
      await inThePast(tx, async at => {
        await at(world.evening(124))
        const groups = await signUp(world)
        for (const handle of groups.admins) {
          await appointAdmin(tx, null, (await world.person(handle)).id)
          await world.meet(handle)
        }
        let day = world.day(124)
        const lives = [...(await plot(world, groups)).map(endsEarly), meddles(world, 100, done)]
        await live(lives, world.present, async moment => {
          const next = moment.toISOString().slice(0, 10)
          if (next > day) evenings.set(day, await everybody(tx))
          day = next
          await at(moment)
        })
        evenings.set(day, await everybody(tx))
      })
      expect(evenings.size).toBeGreaterThan(100)
      const [left] = await tx.execute<{ ids: string[] }>(
        sql`select array_agg(id) as ids from person where left_at is not null`,
      )
      for (const [day, facts] of evenings) {
        const stayed = Object.entries(facts).filter(([id]) => !left!.ids.includes(id))
        expect([day, await everybody(tx, day)]).toEqual([day, Object.fromEntries(stayed)])
      }
      expect(await everybody(tx, today())).toEqual(await everybody(tx))
      tx.rollback()
    })
    .catch((error: unknown) => {
      if (!String(error).includes('Rollback')) throw error
    })
  expect([...done.keys()].toSorted()).toEqual([
    ...['apply', 'choose a track', 'delete', 'endorse', 'hide', 'revoke a vouch', 'show', 'vouch'],
    ...['withdraw an application', 'withdraw an endorsement'],
  ])
}, 400_000)

test('whatever people have done, this evening is told as it is', async () => {
  const ids = await populate(db, 120, 0.3)
  await db.execute(sql`delete from taking_part`)
  const facts = await loadFacts(db, dated, ids)
  const asOf = await loadFacts(db, dated, ids, { asOf: today() })
  for (const [id, theirs] of facts) expect(told(asOf.get(id)!)).toEqual(told(theirs))
  const before = await loadFacts(db, dated, ids, { asOf: plusDays('2026-02-01', -1) })
  for (const [, theirs] of before)
    expect(theirs).toMatchObject({ guidesCompleted: 0, modulesRead: new Set(), finished: new Set() })
})
