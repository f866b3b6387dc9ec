import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { identity, moment, reference } from './columns.ts'
import { person } from './people.ts'

/** A mentor's word that they have seen somebody do what a guide is about. It stays when it is taken back. */
export const guideVouch = pgTable(
  'guide_vouch',
  {
    id: identity(),
    personId: reference()
      .notNull()
      .references(() => person.id),
    guide: text().notNull(),
    mentorId: reference()
      .notNull()
      .references(() => person.id),
    note: text().notNull(),
    at: moment().notNull().defaultNow(),
    revokedAt: moment(),
    revokedById: reference().references(() => person.id),
    revokedReason: text(),
  },
  table => [
    uniqueIndex('guide_vouch_standing')
      .on(table.personId, table.guide)
      .where(sql`${table.revokedAt} is null`),
    index('guide_vouch_mentor').on(table.mentorId),
    check('guide_vouch_of_another', sql`${table.personId} <> ${table.mentorId}`),
  ],
)

export const guideCompletion = pgTable(
  'guide_completion',
  {
    personId: reference()
      .notNull()
      .references(() => person.id),
    guide: text().notNull(),
    at: moment().notNull().defaultNow(),
    /** The version of the guide that they know: the one they completed, or whose changes they have read since. */
    version: integer().notNull().default(1),
    /** The mentor's word that it stands on; null where they passed its check. */
    vouchId: reference().references(() => guideVouch.id),
  },
  table => [
    primaryKey({ columns: [table.personId, table.guide] }),
    index('guide_completion_vouch')
      .on(table.vouchId)
      .where(sql`${table.vouchId} is not null`),
  ],
)

/** A guide that somebody wants to find again. */
export const guideBookmark = pgTable(
  'guide_bookmark',
  {
    personId: reference()
      .notNull()
      .references(() => person.id),
    guide: text().notNull(),
    at: moment().notNull().defaultNow(),
  },
  table => [primaryKey({ columns: [table.personId, table.guide] })],
)
