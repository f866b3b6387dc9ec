import { sql } from 'drizzle-orm'
import { boolean, index, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { identity, moment, reference } from './columns.ts'
import { post } from './discussions.ts'
import { person } from './people.ts'

/** That somebody has asked the mentors to look at a post, and what came of it. */
export const report = pgTable(
  'report',
  {
    id: identity(),
    postId: reference()
      .notNull()
      .references(() => post.id),
    reporterId: reference()
      .notNull()
      .references(() => person.id),
    /** An id of `content/reports.yaml`. */
    reason: text().notNull(),
    /** The reason is a worry about the author: the crisis plan applies, and grading of the post pauses. */
    concern: boolean().notNull(),
    words: text().notNull().default(''),
    at: moment().notNull().defaultNow(),
    handledById: reference().references(() => person.id),
    handledAt: moment(),
    /** What was done, for the mentors; the reporter is told only that somebody has looked. */
    outcome: text(),
  },
  table => [
    uniqueIndex('report_open_once')
      .on(table.postId, table.reporterId)
      .where(sql`${table.handledAt} is null`),
    index('report_open')
      .on(table.concern, table.at)
      .where(sql`${table.handledAt} is null`),
    index('report_post').on(table.postId),
  ],
)
