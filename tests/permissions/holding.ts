import { sql } from 'drizzle-orm'
import { content } from '../../src/authoring/content.ts'
import { suspendBadge } from '../../src/badges/holding/suspend.ts'
import { addMentorOf } from '../support/cast.ts'
import { type ActionRow, type RouteRow, signedIn } from './row.ts'
import type { World } from './world.ts'

const adminOnly = signedIn(403, { admin: 'done' })

const aMentor = async ({ db }: World) => ({
  personId: String((await addMentorOf(db)).id),
  badge: 'mentor',
  reason: 'A test.',
})

export const routeRows: Record<string, RouteRow> = {
  '/admin/people/[handle]/badges/[badge]': {
    path: '/admin/people/maple/badges/mentor',
    answers: signedIn(404, { admin: 200 }),
  },
}

const taken = { reasonClass: 'conduct' }

export const actionRows: Record<string, ActionRow> = {
  'certificates.suspend': {
    page: '/helplines',
    fields: async world => ({ ...(await aMentor(world)), ...taken }),
    answers: adminOnly,
  },
  'certificates.reinstate': {
    page: '/helplines',
    fields: async world => {
      const theirs = await aMentor(world)
      const decision = { ...theirs, ...taken, personId: Number(theirs.personId) }
      await world.db.transaction(tx => suspendBadge(tx, content(), null, decision))
      return theirs
    },
    answers: adminOnly,
  },
  // Its holder may where the badge says what that takes, which none of these does.
  'certificates.renew': {
    page: '/helplines',
    fields: async world => {
      const { personId } = await aMentor(world)
      await world.db.execute(sql`
        update certificate set expires_on = (now() at time zone 'utc')::date where person_id = ${Number(personId)}`)
      return { personId, badge: 'mentor' }
    },
    answers: adminOnly,
  },
  'certificates.revoke': {
    page: '/path',
    fields: async world => ({ ...(await aMentor(world)), ...taken }),
    answers: adminOnly,
  },
}
