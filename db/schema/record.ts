import { sql } from 'drizzle-orm'
import { bigint, boolean, index, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
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
 * The certification record: every decision on a badge, each entry holding the hash of the one before it.
 * Only ever added to; the database refuses anything else.
 */
export const recordEntry = pgTable(
  'record_entry',
  {
    /** 1, 2, 3 … without a gap. */
    seq: bigint({ mode: 'number' }).primaryKey(),
    kind: text({ enum: ['grant', 'decline', 'revocation', 'lapse', 'renewal'] }).notNull(),
    certificateCode: text(),
    personId: reference()
      .notNull()
      .references(() => person.id),
    badge: text().notNull(),
    actorId: reference().references(() => person.id),
    /** A grant without the criteria met, which always has a reason. */
    override: boolean().notNull().default(false),
    reason: text().notNull().default(''),
    /** The badge's criteria as they stood, and how the person stood against them. */
    criteria: jsonb().$type<unknown>().notNull(),
    standing: jsonb().$type<unknown>().notNull(),
    at: moment().notNull(),
    previousHash: text().notNull(),
    hash: text().notNull().unique(),
  },
  table => [
    index('record_entry_person').on(table.personId, table.seq.desc()),
    index('record_entry_decline')
      .on(table.personId, table.badge)
      .where(sql`${table.kind} = 'decline'`),
    index('record_entry_certificate').on(table.certificateCode),
  ],
)

/** Facts about the site itself, by name: the fingerprint of the content that standings were judged by. */
export const siteFact = pgTable('site_fact', { name: text().primaryKey(), value: text().notNull() })
