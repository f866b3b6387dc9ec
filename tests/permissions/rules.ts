import { sql } from 'drizzle-orm'
import { badgeVersion } from '../../db/schema/badges.ts'
import { type ActionRow, type RouteRow, signedIn } from './row.ts'
import type { World } from './world.ts'

const badge = 'on-spot-host'

/** Has the content ask for something else once more than what is in force. @returns the number of that version */
async function propose({ db }: World): Promise<string> {
  await db.execute(sql`
    update badge_version set withdrawn_at = now()
    where badge = ${badge} and in_force_from is null and withdrawn_at is null`)
  const [row] = await db
    .insert(badgeVersion)
    .values({
      badge,
      number: sql`(select max(number) + 1 from badge_version where badge = ${badge})`,
      criteria: { kind: 'evidence', evidence: 'group_chat', count: 500 },
    })
    .returning({ number: badgeVersion.number })
  return String(row!.number)
}

/** Nobody else may know that it is there. */
const adminOnly = signedIn(404, { admin: 200 })

export const routeRows: Record<string, RouteRow> = {
  '/admin/rules': { path: '/admin/rules', answers: adminOnly },
  '/admin/rules/[badge]': {
    path: async world => {
      await propose(world)
      return `/admin/rules/${badge}`
    },
    answers: adminOnly,
  },
}

export const actionRows: Record<string, ActionRow> = {
  'rules.putInForce': {
    page: `/admin/rules/${badge}`,
    fields: async world => ({
      ...{ badge, version: await propose(world), partWay: 'move', until: '', reason: 'A test.' },
    }),
    answers: signedIn(403, { admin: 'done' }),
  },
}
