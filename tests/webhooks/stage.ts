import { sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { content } from '../../src/authoring/content.ts'
import { grantBadge } from '../../src/badges/grant.ts'
import { revokeBadge } from '../../src/badges/revoke.ts'
import type { Person } from '../../src/people/person.ts'
import { deliver } from '../../src/webhooks/deliver.ts'
import { takeDue } from '../../src/webhooks/due.ts'
import { addEndpoint } from '../../src/webhooks/endpoints.ts'
import { type EventType, eventTypes } from '../../src/webhooks/events.ts'
import type { Receiver } from './receiver.ts'

/** What happens to people and platforms in these tests. */
export function stageOf(db: Db, admin: Person) {
  const decision = (person: { id: number }, badge: string) => ({ personId: person.id, badge })
  return {
    grant: (person: { id: number }, badge: string) =>
      db.transaction(tx =>
        grantBadge(tx, content(), null, {
          ...decision(person, badge),
          ...{ override: true, reason: 'Her reason, which is nobody else’s business.' },
        }),
      ),
    revoke: (person: { id: number }, badge: string) =>
      db.transaction(tx =>
        revokeBadge(tx, content(), admin, {
          ...decision(person, badge),
          reasonClass: 'conduct',
          reason: 'A breach of privacy.',
        }),
      ),
    /** Has a platform told of what happens from now on. */
    tell: async (platform: Receiver, events: EventType[] = [...eventTypes]) => {
      const values = { name: 'Chat platform', url: platform.url, events }
      const made = await db.transaction(tx => addEndpoint(tx, admin, values, { inner: true }))
      platform.secret = made.secret
      return made.id
    },
    /** Sends what is due, once. */
    send: async (): Promise<number> => {
      const due = await takeDue(db, { each: 100 })
      for (const one of due) await deliver(db, one, { inner: true, patience: 2_000 })
      return due.length
    },
    /** Lets all waiting be over. */
    hurry: () =>
      db.execute(
        sql`update webhook_delivery set next_at = now() - interval '1 second' where state = 'waiting'`,
      ),
    deliveries: () =>
      db.execute<{ state: string; tries: number; wait: number; type: string }>(sql`
        select d.state, d.tries, said.type, extract(epoch from d.next_at - now())::float as wait
        from webhook_delivery d join webhook_event said on said.id = d.event_id order by said.id`),
  }
}
