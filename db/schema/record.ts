import { sql } from 'drizzle-orm'
import { bigint, boolean, index, jsonb, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core'
import { identity, moment, reference } from './columns.ts'
import { person } from './people.ts'

/** Who did what, when, to whom. Only ever added to; the database refuses anything else. */
export const auditEntry = pgTable(
  'audit_entry',
  {
    id: identity(),
    at: moment().notNull().defaultNow(),
    /** Null where the site itself or the operator's command line acted. */
    actorId: reference().references(() => person.id),
    action: text().notNull(),
    subjectId: reference().references(() => person.id),
    details: jsonb().$type<Record<string, unknown>>().notNull().default({}),
  },
  table => [
    index('audit_entry_actor').on(table.actorId, table.id.desc()),
    index('audit_entry_subject').on(table.subjectId, table.id.desc()),
    index('audit_entry_action').on(table.action, table.id.desc()),
  ],
)

/**
 * The certification record: every decision on a badge, each entry holding the hash of the one before it. What is
 * personal in an entry stands in `record_disclosure`; here are the digests of it, which say nothing.
 * Only ever added to, but for the two pointers to people, which an erasure empties; the database refuses anything else.
 */
export const recordEntry = pgTable(
  'record_entry',
  {
    /** 1, 2, 3 … without a gap. */
    seq: bigint({ mode: 'number' }).primaryKey(),
    /** 1 is how entries were hashed before what is personal was kept apart. */
    format: smallint().notNull().default(2),
    /** An erasure is no decision: it says that somebody's personal data in the record was deleted. */
    kind: text({
      enum: ['grant', 'decline', 'renewal', 'suspension', 'reinstatement', 'revocation', 'lapse', 'erasure'],
    }).notNull(),
    /** Its SHA-256 is what is hashed: whoever has the code finds its entries, and nobody else. */
    certificateCode: text(),
    /** A pointer for joins, outside of what is hashed; null once erased. */
    personId: reference().references(() => person.id),
    badge: text(),
    /** The same of who decided. */
    actorId: reference().references(() => person.id),
    /** A grant without the criteria met, which always has a reason. */
    override: boolean().notNull().default(false),
    /** The badge and its criteria as they stood. */
    criteria: jsonb().$type<unknown>(),
    /** What kind of reason it had, as it was called that day; null in entries that have none. The words are personal. */
    reasonClass: jsonb().$type<{ id: string; title: string }>(),
    /** What stands in `record_disclosure`, by name, as salted digests. Null in entries of format 1. */
    commitments: jsonb().$type<Record<string, string>>(),
    at: moment().notNull(),
    previousHash: text().notNull(),
    hash: text().notNull().unique(),
  },
  table => [
    index('record_entry_person').on(table.personId, table.seq.desc()),
    index('record_entry_actor').on(table.actorId),
    index('record_entry_decline')
      .on(table.personId, table.badge)
      .where(sql`${table.kind} = 'decline'`),
    index('record_entry_certificate').on(table.certificateCode),
  ],
)

/**
 * What is personal in an entry, by name: `holder`, `actor`, `reason`, `standing`; for a grant by override `proposer`, the
 * other of the two admins; and for an erasure `erased`, the pairs of entry and name that it deleted. A row goes only by
 * an erasure that is on the record.
 */
export const recordDisclosure = pgTable(
  'record_disclosure',
  {
    seq: bigint({ mode: 'number' })
      .notNull()
      .references(() => recordEntry.seq),
    name: text().notNull(),
    /** 128 random bits, base64url; null in entries of format 1, which were hashed in the clear. */
    salt: text(),
    value: jsonb().$type<unknown>(),
  },
  table => [
    primaryKey({ columns: [table.seq, table.name] }),
    index('record_disclosure_erased')
      .on(table.seq)
      .where(sql`${table.name} = 'erased'`),
    index('record_disclosure_proposer')
      .on(table.value)
      .where(sql`${table.name} = 'proposer'`),
  ],
)

/**
 * The hashes of the complete subtrees of the Merkle tree over the record (RFC 9162, 2.1): node `index` of level k
 * covers the 2^k entries from `index` * 2^k + 1 on. Level 0 holds the leaves.
 */
export const recordNode = pgTable(
  'record_node',
  {
    level: smallint().notNull(),
    index: bigint({ mode: 'number' }).notNull(),
    hash: text().notNull(),
  },
  table => [primaryKey({ columns: [table.level, table.index] })],
)

/** What the site has signed of the record: so many entries, and this root over them. */
export const treeHead = pgTable(
  'tree_head',
  {
    id: identity(),
    /** How many entries it covers. */
    size: bigint({ mode: 'number' }).notNull(),
    root: text().notNull(),
    at: moment().notNull().defaultNow(),
    /** The key that signed it, as a verifier key (c2sp.org/signed-note). */
    key: text().notNull(),
    /** The signed note (c2sp.org/tlog-checkpoint), as outsiders hold it. */
    note: text().notNull(),
  },
  table => [index('tree_head_size').on(table.size)],
)

/** Facts about the site itself, by name: the fingerprint of the content that standings were judged by. */
export const siteFact = pgTable('site_fact', { name: text().primaryKey(), value: text().notNull() })
