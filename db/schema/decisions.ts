import { sql } from 'drizzle-orm'
import { check, date, index, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { identity, moment, reference } from './columns.ts'
import { person } from './people.ts'
import { recordEntry } from './record.ts'

/** For how long somebody is left alone about a badge after a decline or a revocation. Another decision ends it. */
export const rest = pgTable(
  'rest',
  {
    id: identity(),
    personId: reference()
      .notNull()
      .references(() => person.id),
    badge: text().notNull(),
    /** The first day (UTC) on which they can apply, and wait in the queue, again. */
    until: date({ mode: 'string' }).notNull(),
    at: moment().notNull().defaultNow(),
    endedAt: moment(),
  },
  table => [
    uniqueIndex('rest_current')
      .on(table.personId, table.badge)
      .where(sql`${table.endedAt} is null`),
  ],
)

/** An admin's wish to grant a badge although its criteria are not met, until a second one has answered it. */
export const overrideProposal = pgTable(
  'override_proposal',
  {
    id: identity(),
    personId: reference()
      .notNull()
      .references(() => person.id),
    badge: text().notNull(),
    byId: reference()
      .notNull()
      .references(() => person.id),
    reason: text().notNull(),
    /** What was not met when it was proposed, in the words of that day. */
    unmet: jsonb().$type<string[]>().notNull(),
    at: moment().notNull().defaultNow(),
    endedAt: moment(),
    /** Null where time ended it. */
    endedById: reference().references(() => person.id),
    /** `void`: it was granted or declined otherwise. */
    outcome: text({ enum: ['granted', 'refused', 'withdrawn', 'void', 'expired'] }),
    /** What the second admin said who refused it. */
    answer: text().notNull().default(''),
  },
  table => [
    uniqueIndex('override_proposal_open')
      .on(table.personId, table.badge)
      .where(sql`${table.endedAt} is null`),
    index('override_proposal_by').on(table.byId),
    check('override_proposal_of_another', sql`${table.personId} <> ${table.byId}`),
    check(
      'override_proposal_by_two',
      sql`${table.outcome} <> 'granted' or ${table.endedById} <> ${table.byId}`,
    ),
  ],
)

/** What a person says against a decision on a badge: once for each, and answered by somebody who did not make it. */
export const badgeAppeal = pgTable(
  'badge_appeal',
  {
    id: identity(),
    /** The decision's entry in the certification record. */
    seq: reference()
      .notNull()
      .unique()
      .references(() => recordEntry.seq),
    personId: reference()
      .notNull()
      .references(() => person.id),
    badge: text().notNull(),
    statement: text().notNull(),
    at: moment().notNull().defaultNow(),
    endedAt: moment(),
    /** Null where the operator's command line decided, and where nothing was left to decide. */
    endedById: reference().references(() => person.id),
    /** `moot`: something newer was decided before anybody had answered. */
    outcome: text({ enum: ['upheld', 'stands', 'moot'] }),
    answer: text().notNull().default(''),
  },
  table => [
    index('badge_appeal_open')
      .on(table.at)
      .where(sql`${table.endedAt} is null`),
    index('badge_appeal_person').on(table.personId),
  ],
)
