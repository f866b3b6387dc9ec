import { and, desc, eq, isNull } from 'drizzle-orm'
import type { Queryable, Tx } from '../../db/client.ts'
import { notification, person } from '../../db/schema/people.ts'
import type { Person } from './person.ts'

export type NotificationKind = (typeof notification.$inferInsert)['kind']

/** Tells a person something on their home page. Nobody is told of what they did themselves. */
export async function notify(
  tx: Tx,
  personId: number,
  {
    kind,
    summary,
    href,
    by = null,
  }: { kind: NotificationKind; summary: string; href: string; by?: { id: number } | null },
): Promise<void> {
  if (by?.id === personId) return
  await tx.insert(notification).values({ personId, kind, summary, href, byId: by?.id ?? null })
}

/** What a person has not yet seen, the newest first, at most 20. */
export const unseen = (db: Queryable, who: Person) =>
  db
    .select({
      id: notification.id,
      kind: notification.kind,
      summary: notification.summary,
      href: notification.href,
      createdAt: notification.createdAt,
      by: person.handle,
    })
    .from(notification)
    .leftJoin(person, eq(person.id, notification.byId))
    .where(and(eq(notification.personId, who.id), isNull(notification.seenAt)))
    .orderBy(desc(notification.id))
    .limit(20)

/** Marks one notification seen, or all of a person's. Answers with where those that were new lead. */
export const markSeen = (tx: Tx, who: Person, id: number | null) =>
  tx
    .update(notification)
    .set({ seenAt: new Date() })
    .where(
      and(
        eq(notification.personId, who.id),
        isNull(notification.seenAt),
        id === null ? undefined : eq(notification.id, id),
      ),
    )
    .returning({ href: notification.href })
