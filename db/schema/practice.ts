import { sql } from 'drizzle-orm'
import { boolean, check, date, index, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { identity, moment, reference } from './columns.ts'
import { person } from './people.ts'

/** A counted fact from practice. It counts towards badges once confirmed. */
export const evidence = pgTable(
  'evidence',
  {
    id: identity(),
    personId: reference()
      .notNull()
      .references(() => person.id),
    /** An evidence kind of content, such as `group_chat`. */
    kind: text().notNull(),
    /** `log` for a person's own, `admin` for one entered by an admin, `correction` beside others, otherwise the name the platform gives itself. */
    source: text().notNull(),
    externalId: text().notNull(),
    occurredOn: date({ mode: 'string' }).notNull(),
    /** Less than nothing only in a correction. */
    count: integer().notNull().default(1),
    /** Where it was: a room, a session. */
    place: text().notNull().default(''),
    /** What the person did there: attended, supported, moderated, hosted. */
    role: text().notNull().default(''),
    note: text().notNull().default(''),
    /** How long it took, where hours of its kind are counted. */
    minutes: integer(),
    /** Who stood by, and whose word it therefore takes. */
    supervisorId: reference().references(() => person.id),
    state: text({ enum: ['logged', 'confirmed', 'declined'] }).notNull(),
    createdAt: moment().notNull().defaultNow(),
    decidedById: reference().references(() => person.id),
    decidedAt: moment(),
    reason: text().notNull().default(''),
  },
  table => [
    uniqueIndex('evidence_source').on(table.source, table.externalId),
    index('evidence_confirmed')
      .on(table.personId, table.kind)
      .where(sql`${table.state} = 'confirmed'`),
    index('evidence_supervised')
      .on(table.supervisorId, table.id)
      .where(sql`${table.supervisorId} is not null`),
    check('evidence_of_another', sql`${table.personId} <> ${table.supervisorId}`),
    check('evidence_hours', sql`(${table.supervisorId} is null) = (${table.minutes} is null)`),
    index('evidence_person').on(table.personId, table.id.desc()),
    index('evidence_queue')
      .on(table.id)
      .where(sql`${table.state} = 'logged'`),
  ],
)

/** An item of a checklist as it was when somebody assessed by it, with what they saw. */
export interface AssessedItem {
  id: string
  text: string
  must: boolean
  mark: 'seen' | 'not-yet' | 'no-occasion'
}

/** A practice session that somebody with a badge watched and assessed by a checklist. It stays on file when withdrawn. */
export const assessment = pgTable(
  'assessment',
  {
    id: identity(),
    personId: reference()
      .notNull()
      .references(() => person.id),
    checklist: text().notNull(),
    assessorId: reference()
      .notNull()
      .references(() => person.id),
    /** The badge that they held, by which they may assess. */
    asBadge: text().notNull(),
    occurredOn: date({ mode: 'string' }).notNull(),
    /** Where it was: a room, a session. */
    place: text().notNull(),
    /** The checklist as it stood, whatever becomes of it. */
    items: jsonb().$type<AssessedItem[]>().notNull(),
    /** How many had to be seen. */
    enough: integer().notNull(),
    passed: boolean().notNull(),
    /** What went well, and what to try next. */
    words: text().notNull(),
    at: moment().notNull().defaultNow(),
    withdrawnAt: moment(),
  },
  table => [
    index('assessment_person').on(table.personId, table.id.desc()),
    index('assessment_assessor').on(table.assessorId, table.id.desc()),
    check('assessment_of_another', sql`${table.personId} <> ${table.assessorId}`),
  ],
)
