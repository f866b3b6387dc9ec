import { sql } from 'drizzle-orm'
import { bigint, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { moment, reference } from './columns.ts'
import { discussion } from './discussions.ts'
import { person } from './people.ts'

/** How one person follows one discussion, and how far they have read it. */
export const following = pgTable(
  'following',
  {
    personId: reference()
      .notNull()
      .references(() => person.id, { onDelete: 'cascade' }),
    discussionId: reference()
      .notNull()
      .references(() => discussion.id),
    level: text({ enum: ['watching', 'normal', 'muted'] })
      .notNull()
      .default('normal'),
    /** Everything up to this post has been read. */
    readTo: reference().notNull().default(0),
    /** Posts beyond it that have been read too: few, for they are folded into `readTo` as the gaps close. */
    readBeyond: bigint({ mode: 'number' })
      .array()
      .notNull()
      .default(sql`'{}'`),
    visitedAt: moment().notNull().defaultNow(),
  },
  table => [
    primaryKey({ columns: [table.personId, table.discussionId] }),
    index('following_watchers')
      .on(table.discussionId)
      .where(sql`${table.level} = 'watching'`),
  ],
)

/** Until when a person has seen all there was, in discussions that they have not opened as well. */
export const caughtUp = pgTable('caught_up', {
  personId: reference()
    .primaryKey()
    .references(() => person.id, { onDelete: 'cascade' }),
  at: moment().notNull().defaultNow(),
})
