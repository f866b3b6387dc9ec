import { sql } from 'drizzle-orm'
import { boolean, index, pgTable, primaryKey, smallint, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { identity, moment, reference } from './columns.ts'
import { person } from './people.ts'

/** What of their certificates somebody who leaves would have go on verifying. */
export const keeping = ['nothing', 'certificates', 'named'] as const

/** That somebody asked to have their account erased: it happens on its day, unless they take it back before. */
export const leaving = pgTable(
  'leaving',
  {
    id: identity(),
    personId: reference()
      .notNull()
      .references(() => person.id),
    /** Nothing; their certificates; or those with the name on them. */
    keeps: text({ enum: keeping }).notNull(),
    askedAt: moment().notNull().defaultNow(),
    dueAt: moment().notNull(),
    endedAt: moment(),
    endedBy: text({ enum: ['return', 'erasure'] }),
  },
  table => [
    uniqueIndex('leaving_open')
      .on(table.personId)
      .where(sql`${table.endedAt} is null`),
    index('leaving_due')
      .on(table.dueAt)
      .where(sql`${table.endedAt} is null`),
  ],
)

/** Whether a person shows one of their badges on their page, and where among the others; without a row it is shown. */
export const badgeChoice = pgTable(
  'badge_choice',
  {
    personId: reference()
      .notNull()
      .references(() => person.id),
    badge: text().notNull(),
    shown: boolean().notNull(),
    position: smallint().notNull(),
  },
  table => [primaryKey({ columns: [table.personId, table.badge] })],
)
