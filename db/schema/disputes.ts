import { sql } from 'drizzle-orm'
import { check, index, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { identity, moment, reference } from './columns.ts'
import { person } from './people.ts'

/** Somebody's word that a counter of theirs is wrong. It stays on file with what became of it. */
export const dispute = pgTable(
  'dispute',
  {
    id: identity(),
    personId: reference()
      .notNull()
      .references(() => person.id),
    /** The badge on whose page they saw it. */
    badge: text().notNull(),
    /** What is counted: the kind of the criterion, and of which course, or which kind of evidence or badge. */
    counter: text().notNull(),
    course: text(),
    of: text(),
    /** What it said when they contested it. */
    shown: text().notNull(),
    /** What they think it should say. */
    claimed: text().notNull(),
    words: text().notNull(),
    at: moment().notNull().defaultNow(),
    endedAt: moment(),
    outcome: text({ enum: ['stands', 'corrected', 'elsewhere', 'withdrawn'] }),
    answeredById: reference().references(() => person.id),
    answer: text().notNull().default(''),
  },
  table => [
    uniqueIndex('dispute_open')
      .on(table.personId, table.counter, sql`coalesce(${table.course}, ${table.of}, '')`)
      .where(sql`${table.endedAt} is null`),
    index('dispute_waiting')
      .on(table.id)
      .where(sql`${table.endedAt} is null`),
    index('dispute_person').on(table.personId, table.id.desc()),
    check('dispute_ended_whole', sql`(${table.endedAt} is null) = (${table.outcome} is null)`),
    check('dispute_answered_by_another', sql`${table.answeredById} <> ${table.personId}`),
  ],
)

/**
 * A guide or a module's reading that an admin has added for somebody, or taken out. How it was before is kept here;
 * corrections of practice are rows of `evidence`.
 */
export const factCorrection = pgTable(
  'fact_correction',
  {
    id: identity(),
    disputeId: reference()
      .notNull()
      .references(() => dispute.id),
    personId: reference()
      .notNull()
      .references(() => person.id),
    /** The one or the other. */
    guide: text(),
    module: text(),
    change: text({ enum: ['added', 'voided'] }).notNull(),
    /** The rows that were there. */
    was: jsonb().$type<readonly { version: number; at: string }[]>().notNull().default([]),
    byId: reference()
      .notNull()
      .references(() => person.id),
    at: moment().notNull().defaultNow(),
  },
  table => [
    index('fact_correction_person').on(table.personId),
    check('fact_correction_of_one', sql`num_nonnulls(${table.guide}, ${table.module}) = 1`),
    check('fact_correction_of_another', sql`${table.personId} <> ${table.byId}`),
  ],
)
