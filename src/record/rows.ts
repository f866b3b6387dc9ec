import { type SQL, sql } from 'drizzle-orm'
import type { Queryable } from '../../db/client.ts'
import {
  certificateDigest,
  type Disclosure,
  type Entry,
  hashesOf,
  type OldEntry,
  oldHashesOf,
  oldParts,
} from './log/entry.ts'
import type { AnyEntryLine, EntryLine, WithheldLine } from './log/export.ts'
import type { Hash } from './log/hashing.ts'

/** A row of the record with what is disclosed of it, as the driver reads it. */
export interface EntryRow extends Record<string, unknown> {
  seq: string
  format: 1 | 2
  kind: string
  certificate_code: string | null
  person_id: string | null
  badge: string | null
  actor_id: string | null
  override: boolean
  criteria: unknown
  reason_class: { id: string; title: string } | null
  commitments: Record<string, string> | null
  at: string
  previous_hash: string
  hash: string
  /** Its leaf in the tree; null while the tree has not grown so far. */
  leaf: string | null
  /** Salt and value, by name. */
  disclosures: Record<string, [salt: string | null, value: unknown]> | null
}

/** How many entries are read at a time. */
export const batch = 500

/** The entries of which this holds, in their order, at most `limit` of them. */
export const rowsWhere = (db: Queryable, where: SQL, limit: number) =>
  db.execute<EntryRow>(sql`
    select e.*, n.hash as leaf, (
      select jsonb_object_agg(d.name, jsonb_build_array(d.salt, d.value)) from record_disclosure d where d.seq = e.seq
    ) as disclosures
    from record_entry e left join record_node n on n.level = 0 and n.index = e.seq - 1
    where ${where} order by e.seq limit ${limit}`)

/** The entries after entry `seq`. */
export const rowsAfter = (db: Queryable, seq: number, limit = batch) =>
  rowsWhere(db, sql`e.seq > ${seq}`, limit)

/** The leaf that an entry has by what it says, or null where too much was erased of it to tell. */
export function leafBySaying(row: EntryRow): Hash | null {
  if (row.format === 2) return hashesOf(entryOf(row)).leaf
  const old = oldEntryOf(row)
  return old && oldHashesOf(old).leaf
}

/** An entry as anybody may read it, and as it is hashed. */
export const entryOf = (row: EntryRow): Entry => ({
  ...{ format: 2, seq: Number(row.seq), kind: row.kind, badge: row.badge, override: row.override },
  certificate: row.certificate_code === null ? null : certificateDigest(row.certificate_code),
  ...{ criteria: row.criteria, at: new Date(row.at).toISOString() },
  ...(row.reason_class && { reasonClass: row.reason_class }),
  ...{ previousHash: row.previous_hash, commitments: row.commitments ?? {} },
})

/** An entry of format 1 as it was hashed, or null where a part of it was erased. */
export function oldEntryOf(row: EntryRow): OldEntry | null {
  const parts = row.disclosures ?? {}
  if (!oldParts.every(part => part in parts)) return null
  const [holder, actor, reason, standing] = oldParts.map(part => parts[part]![1])
  return {
    ...{ seq: Number(row.seq), kind: row.kind, certificateCode: row.certificate_code },
    ...{ personId: holder as number, badge: row.badge ?? '', actorId: actor as number | null },
    ...{ override: row.override, reason: reason as string, criteria: row.criteria, standing },
    ...{ at: new Date(row.at).toISOString(), previousHash: row.previous_hash },
  }
}

const withheld = ({ seq, leaf }: EntryRow): WithheldLine => ({
  format: 1,
  seq: Number(seq),
  leaf: leaf ?? '',
})

/** What anybody may read of an entry: nothing but its leaf where all of it was hashed in the clear. */
export const publicLine = (row: EntryRow): EntryLine | WithheldLine =>
  row.format === 1 ? withheld(row) : { entry: entryOf(row), hash: row.hash }

/** All that the record has of an entry. */
export function fullLine(row: EntryRow): AnyEntryLine {
  if (row.format === 1) {
    const entry = oldEntryOf(row)
    return entry ? { format: 1, entry, hash: row.hash, leaf: row.leaf ?? '' } : withheld(row)
  }
  return {
    ...{ entry: entryOf(row), hash: row.hash },
    ...(row.certificate_code !== null && { code: row.certificate_code }),
    ...(row.disclosures && { disclosures: row.disclosures as Record<string, Disclosure> }),
  }
}
