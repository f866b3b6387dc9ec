import { and, desc, eq, lt, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Queryable } from '../../db/client.ts'
import { evidence } from '../../db/schema/practice.ts'
import { person } from '../../db/schema/people.ts'
import type { Person } from '../people/person.ts'

const supervisor = alias(person, 'supervisor')

/** Entries on a page. */
export const practicePage = 25

/** How much of each kind counts, and how much waits for a mentor. */
export async function practiceCounts(
  db: Queryable,
  who: { id: number },
): Promise<Map<string, { confirmed: number; waiting: number }>> {
  const rows = await db
    .select({
      kind: evidence.kind,
      confirmed: sql<number>`coalesce(sum(${evidence.count}) filter (where ${evidence.state} = 'confirmed'), 0)::int`,
      waiting: sql<number>`coalesce(sum(${evidence.count}) filter (where ${evidence.state} = 'logged'), 0)::int`,
    })
    .from(evidence)
    .where(eq(evidence.personId, who.id))
    .groupBy(evidence.kind)
  return new Map(rows.map(({ kind, ...counts }) => [kind, counts]))
}

/**
 * One's own evidence, the newest entry first.
 * @param before the id that the page before ended with
 */
export async function ownPractice(db: Queryable, who: Person, before?: number) {
  const rows = await db
    .select({
      id: evidence.id,
      kind: evidence.kind,
      source: evidence.source,
      occurredOn: evidence.occurredOn,
      count: evidence.count,
      place: evidence.place,
      role: evidence.role,
      note: evidence.note,
      state: evidence.state,
      reason: evidence.reason,
      minutes: evidence.minutes,
      supervisor: supervisor.handle,
      decidedBy: person.handle,
    })
    .from(evidence)
    .leftJoin(person, eq(person.id, evidence.decidedById))
    .leftJoin(supervisor, eq(supervisor.id, evidence.supervisorId))
    .where(and(eq(evidence.personId, who.id), before === undefined ? undefined : lt(evidence.id, before)))
    .orderBy(desc(evidence.id))
    .limit(practicePage + 1)
  const entries = rows.slice(0, practicePage)
  return { entries, next: rows.length > practicePage ? entries.at(-1)!.id : null }
}

export type PracticeEntry = Awaited<ReturnType<typeof ownPractice>>['entries'][number]
