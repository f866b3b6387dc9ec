import { sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { type Content, content } from '../../src/authoring/content.ts'
import { rebuildStandings } from '../../src/badges/everybody/rebuild-standings.ts'
import { plusDays } from '../../src/badges/day.ts'
import { today } from '../../src/badges/load-facts.ts'
import { underRules } from '../../src/badges/rules/as-in-force.ts'
import { judgeAnew } from '../../src/badges/rules/judge-anew.ts'
import { loadRules } from '../../src/badges/rules/load-rules.ts'
import { previewRules } from '../../src/badges/rules/preview.ts'
import { noteProposals } from '../../src/badges/rules/propose.ts'
import { putInForce } from '../../src/badges/rules/put-in-force.ts'
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
  await measureRules(db, all)
}

const seconds = (from: number) => `${((performance.now() - from) / 1000).toFixed(1)} s`

/** Measures the preview of another version of one badge's criteria, and judging everybody by it. */
async function measureRules(db: Db, all: Content): Promise<void> {
  const badge = 'mentor'
  await noteProposals(db, all)
  await rebuildStandings(db, all)
  const asked = { kind: 'evidence' as const, evidence: 'group_chat', count: 3 }
  const badges = all.badges.map(one => (one.id === badge ? { ...one, criteria: asked } : one))
  const changed = { ...all, badges, badge: (id: string) => badges.find(one => one.id === id) }
  await noteProposals(db, changed)
  await db.execute(sql`vacuum analyze`)

  const asking = performance.now()
  const from = all.badge(badge)!.criteria
  const preview = await previewRules(db, all, null, { badge, from, to: asked })
  figure('100,000 people: whom another version changes it for', seconds(asking), `${preview?.gain} gain`)

  await db.transaction(tx =>
    putInForce(tx, null, {
      badge,
      version: 2,
      partWay: 'keep',
      until: plusDays(today(), 84),
      reason: 'Bench.',
    }),
  )
  const applying = performance.now()
  await judgeAnew(db, underRules(changed, await loadRules(db)), ({ done }) => say(done, 'people judged'))
  figure('100,000 people judged by it, the earlier going on', seconds(applying), 'budget 10 s')
}
