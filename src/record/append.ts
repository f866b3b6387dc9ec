import { sql } from 'drizzle-orm'
import type { Tx } from '../../db/client.ts'
import type { recordEntry } from '../../db/schema/record.ts'
import {
  certificateDigest,
  digestOf,
  type Disclosure,
  type Entry,
  genesis,
  hashesOf,
  makeDisclosure,
} from './log/entry.ts'
import { GrowingTree, type Node, peaksOf } from './log/growing-tree.ts'
import { lockRecord } from './lock.ts'
import { growTree, nodeRows } from './tree.ts'

type Row = typeof recordEntry.$inferSelect

/** What a decision says; the rest of an entry is made here. */
export interface NewEntry extends Pick<Row, 'certificateCode' | 'override' | 'criteria' | 'at'> {
  kind: Exclude<Row['kind'], 'erasure'>
  badge: string
  personId: number
  actorId: number | null
  /** What kind of reason it had, which anybody may read; the words are personal. */
  reasonClass?: { readonly id: string; readonly title: string } | null
  /** For a grant by override: the other one of the two admins. */
  proposerId?: number | undefined
  reason: string
  standing: unknown
}

/** A decision as it stands on the record. */
export interface RecordEntry extends NewEntry {
  seq: number
  hash: string
}

/** Adds a decision to the certification record. */
export async function appendEntry(tx: Tx, said: NewEntry): Promise<RecordEntry> {
  const { personId, actorId, proposerId, reason, standing, ...entry } = said
  const personal = {
    ...{ holder: personId, actor: actorId, reason, standing },
    ...(proposerId !== undefined && { proposer: proposerId }),
  }
  return { ...said, ...(await append(tx, { ...entry, personId, actorId }, personal)) }
}

/**
 * Adds an entry to the record, chained to the one before it, with its leaf in the tree: two statements beside the lock.
 * @param personal what is kept apart, by name; the entry has a salted digest of each
 */
export async function append(
  tx: Tx,
  row: Pick<
    Row,
    'kind' | 'certificateCode' | 'personId' | 'badge' | 'actorId' | 'override' | 'criteria' | 'at'
  > & { reasonClass?: NewEntry['reasonClass'] },
  personal: Record<string, unknown>,
): Promise<{ seq: number; hash: string }> {
  await lockRecord(tx)
  const { seq: last, hash: previousHash, tree } = await edge(tx)
  const disclosures = Object.entries(personal).map(
    ([name, value]) => [name, makeDisclosure(asKept(value))] as const,
  )
  const entry: Entry = {
    ...{ format: 2, seq: last + 1, kind: row.kind, badge: row.badge, override: row.override },
    certificate: row.certificateCode === null ? null : certificateDigest(row.certificateCode),
    ...{ criteria: asKept(row.criteria), at: row.at.toISOString(), previousHash },
    ...(row.reasonClass && { reasonClass: row.reasonClass }),
    commitments: Object.fromEntries(disclosures.map(([name, said]) => [name, digestOf(name, said)])),
  }
  const { leaf, hash } = hashesOf(entry)
  await insert(tx, { entry, row, hash, disclosures, nodes: tree.append(leaf) })
  return { seq: entry.seq, hash }
}

interface Edge extends Record<string, unknown> {
  seq: string
  hash: string
  peaks: string[]
}

/** The last entry, and the tree as it ends there. */
async function edge(tx: Tx): Promise<{ seq: number; hash: string; tree: GrowingTree }> {
  const [row] = await tx.execute<Edge>(sql`
    select e.seq, e.hash, array(
      select n.hash from generate_series(0, 52) k join record_node n on n.level = k and n.index = (e.seq >> k) - 1
      where (e.seq >> k) & 1 = 1 order by k
    ) as peaks from record_entry e order by e.seq desc limit 1`)
  if (!row) return { seq: 0, hash: genesis, tree: new GrowingTree() }
  const seq = Number(row.seq)
  if (row.peaks.length !== peaksOf(seq).length) {
    await growTree(tx)
    return edge(tx)
  }
  const peaks = row.peaks.map(hash => Buffer.from(hash, 'hex'))
  return { seq, hash: row.hash, tree: new GrowingTree(seq, peaks) }
}

interface Parts {
  entry: Entry
  row: Pick<Row, 'certificateCode' | 'personId' | 'actorId'>
  hash: string
  disclosures: readonly (readonly [name: string, said: Disclosure])[]
  nodes: readonly Node[]
}

/** One statement: this is on the way of every grant. */
const insert = (tx: Tx, { entry, row, hash, disclosures, nodes }: Parts) =>
  tx.execute(sql`
    with entry as (
      insert into record_entry (seq, format, kind, certificate_code, person_id, badge, actor_id, override, criteria,
        reason_class, commitments, at, previous_hash, hash)
      values (${entry.seq}, 2, ${entry.kind}, ${row.certificateCode}, ${row.personId}, ${entry.badge}, ${row.actorId},
        ${entry.override}, ${asJson(entry.criteria)}::jsonb,
        ${entry.reasonClass ? JSON.stringify(entry.reasonClass) : null}::jsonb, ${asJson(entry.commitments)}::jsonb, ${entry.at},
        ${entry.previousHash}, ${hash})
    ), disclosed as (
      insert into record_disclosure (seq, name, salt, value)
      select ${entry.seq}, d.name, d.salt, d.value::jsonb from unnest(
        ${sql.param(disclosures.map(([name]) => name))}::text[],
        ${sql.param(disclosures.map(([, [salt]]) => salt))}::text[],
        ${sql.param(disclosures.map(([, [, value]]) => asJson(value)))}::text[]) as d (name, salt, value)
    )
    insert into record_node (level, index, hash) select * from ${nodeRows(nodes)}`)

const asJson = (value: unknown) => JSON.stringify(value ?? null)

/** As the database will give it back: without what is undefined, and no half of a pair of surrogates. */
const asKept = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value ?? null), (_, part: unknown) =>
    typeof part === 'string' ? part.toWellFormed() : part,
  )
