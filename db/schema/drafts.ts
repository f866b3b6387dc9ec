import { pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { moment, reference } from './columns.ts'
import { person } from './people.ts'

/** Words that somebody has typed and not yet posted, so that they are there on another device. */
export const draft = pgTable(
  'draft',
  {
    personId: reference()
      .notNull()
      .references(() => person.id, { onDelete: 'cascade' }),
    /** What they are for, such as `reply:12`. */
    name: text().notNull(),
    words: text().notNull(),
    updatedAt: moment().notNull().defaultNow(),
  },
  table => [primaryKey({ columns: [table.personId, table.name] })],
)
