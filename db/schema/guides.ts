import { pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { moment, reference } from './columns.ts'
import { person } from './people.ts'

export const guideCompletion = pgTable(
  'guide_completion',
  {
    personId: reference()
      .notNull()
      .references(() => person.id),
    guide: text().notNull(),
    at: moment().notNull().defaultNow(),
  },
  table => [primaryKey({ columns: [table.personId, table.guide] })],
)
