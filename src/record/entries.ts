import { and, desc, eq, lt, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Queryable } from '../../db/client.ts'
import { person } from '../../db/schema/people.ts'
import { recordDisclosure, recordEntry } from '../../db/schema/record.ts'
import { ensure } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { canRunProgramme } from '../people/policy.ts'

const pageSize = 50
const actor = alias(person, 'actor')

export interface EntryFilter {
  /** A person's id. */
  person?: number | undefined
  badge?: string | undefined
  /** The number of the last entry of the page before. */
  before?: number | undefined
}

const reason = sql<string>`coalesce((select d.value #>> '{}' from ${recordDisclosure} d
  where d.seq = ${recordEntry.seq} and d.name = 'reason'), '')`
/** Who decided, in a word, where it is nobody with an account. */
const actorErased = sql<boolean>`not exists (select from ${recordDisclosure} d
  where d.seq = ${recordEntry.seq} and d.name = 'actor')`

/** The other of the two admins who overrode what was not met. */
const proposedBy = sql<
  string | null
>`(select p.handle from ${recordDisclosure} d join person p on to_jsonb(p.id) = d.value
  where d.seq = ${recordEntry.seq} and d.name = 'proposer')`
/** Whether an appeal has undone it. */
const overturned = sql<boolean>`exists (select from badge_appeal a where a.seq = ${recordEntry.seq} and a.outcome = 'upheld')`

/** A page of the certification record, the newest entry first, for admins. @throws Forbidden */
export async function recordEntries(
  db: Queryable,
  admin: Person,
  { person: of, badge, before }: EntryFilter = {},
) {
  ensure(canRunProgramme(admin))
  const rows = await db
    .select({
      seq: recordEntry.seq,
      kind: recordEntry.kind,
      at: recordEntry.at,
      badge: recordEntry.badge,
      override: recordEntry.override,
      /** Of the badge's criteria; null in what was decided before versions were counted. */
      version: sql<number | null>`(${recordEntry.criteria} ->> 'version')::int`,
      reason,
      reasonClass: recordEntry.reasonClass,
      certificateCode: recordEntry.certificateCode,
      hash: recordEntry.hash,
      /** Null where the person was erased, and for an erasure. */
      handle: person.handle,
      displayName: person.displayName,
      by: actor.handle,
      proposedBy,
      overturned,
      actorErased,
    })
    .from(recordEntry)
    .leftJoin(person, eq(person.id, recordEntry.personId))
    .leftJoin(actor, eq(actor.id, recordEntry.actorId))
    .where(
      and(
        of === undefined ? undefined : eq(recordEntry.personId, of),
        badge === undefined ? undefined : eq(recordEntry.badge, badge),
        before === undefined ? undefined : lt(recordEntry.seq, before),
      ),
    )
    .orderBy(desc(recordEntry.seq))
    .limit(pageSize + 1)
  const entries = rows.slice(0, pageSize)
  return { entries, next: rows.length > pageSize ? entries.at(-1)!.seq : null }
}
export type Entry = Awaited<ReturnType<typeof recordEntries>>['entries'][number]

/** What each kind of entry is called. */
export const entryWords: Record<Entry['kind'], string> = {
  grant: 'Granted',
  decline: 'Declined',
  renewal: 'Renewed',
  suspension: 'Suspended',
  reinstatement: 'Reinstated',
  revocation: 'Revoked',
  lapse: 'Lapsed',
  erasure: 'Erased a person’s data',
}

/** Who decided, where it is nobody that a page can lead to. */
export const nobodyInWords = ({ actorErased: erased }: Pick<Entry, 'actorErased'>): string =>
  erased ? 'somebody whose account was erased' : 'Trellis or its operator'
