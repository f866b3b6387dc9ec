import { sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { content } from '../../src/authoring/content.ts'
import { rebuildStandings } from '../../src/badges/everybody/rebuild-standings.ts'
import { populate } from '../badges/everybody/population.ts'
import { figure, say } from './figures.ts'

const population = 100_000

/** Measures how long it takes until everybody of 100,000 is judged by a badge that asks for something else now. */
export async function measureStandings(db: Db): Promise<void> {
  say('Filling a community of', population, 'with what they have done…')
  await populate(db, population, 0.5)
  await db.execute(sql`vacuum analyze`)
  await rebuildStandings(db, content())
  await db.execute(sql`vacuum analyze`)
  const all = content()
  const badges = all.badges.map(badge => ({
    ...badge,
    criteria: { kind: 'evidence' as const, evidence: 'group_chat', count: 3 },
  }))
  for (const [what, changed] of [
    ['nothing has changed', all],
    ['all badges ask for something else', { ...all, badges }],
  ] as const) {
    const began = performance.now()
    const written = await rebuildStandings(db, changed)
    const taken = ((performance.now() - began) / 1000).toFixed(1)
    figure(`100,000 people judged anew, ${what}`, `${taken} s, ${written} written`, 'budget 10 s')
  }
}
