import { sql } from 'drizzle-orm'
import { date, index, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
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
    /** `log` for a person's own, `admin` for one entered by an admin, otherwise the name the platform gives itself. */
    source: text().notNull(),
    externalId: text().notNull(),
    occurredOn: date({ mode: 'string' }).notNull(),
    count: integer().notNull().default(1),
    /** Where it was: a room, a session. */
    place: text().notNull().default(''),
    /** What the person did there: attended, supported, moderated, hosted. */
    role: text().notNull().default(''),
    note: text().notNull().default(''),
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
    index('evidence_person').on(table.personId, table.id.desc()),
    index('evidence_queue')
      .on(table.id)
      .where(sql`${table.state} = 'logged'`),
  ],
)
