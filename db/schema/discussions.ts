import { sql } from 'drizzle-orm'
import { index, integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { identity, moment, reference } from './columns.ts'
import { cohort } from './courses.ts'
import { person } from './people.ts'

/** The thread under one module for one cohort. */
export const discussion = pgTable(
  'discussion',
  {
    id: identity(),
    cohortId: reference()
      .notNull()
      .references(() => cohort.id),
    module: text().notNull(),
    reflections: integer().notNull().default(0),
    createdAt: moment().notNull().defaultNow(),
  },
  table => [uniqueIndex('discussion_place').on(table.cohortId, table.module)],
)

export const post = pgTable(
  'post',
  {
    id: identity(),
    discussionId: reference()
      .notNull()
      .references(() => discussion.id),
    authorId: reference()
      .notNull()
      .references(() => person.id),
    kind: text({ enum: ['reflection', 'reply'] }).notNull(),
    /** The reflection that a reply stands under. */
    parentId: reference(),
    markdown: text().notNull(),
    /** Rendered and sanitised when written. */
    html: text().notNull(),
    /** 1 when first posted, one more with each edit. */
    revision: integer().notNull().default(1),
    replies: integer().notNull().default(0),
    createdAt: moment().notNull().defaultNow(),
    editedAt: moment(),
  },
  table => [
    uniqueIndex('post_own_reflection')
      .on(table.discussionId, table.authorId)
      .where(sql`${table.kind} = 'reflection'`),
    index('post_reflections')
      .on(table.discussionId, table.id)
      .where(sql`${table.kind} = 'reflection'`),
    index('post_replies')
      .on(table.parentId, table.id)
      .where(sql`${table.kind} = 'reply'`),
    index('post_author').on(table.authorId, table.id),
  ],
)

/** What a post said before, and what it says now, revision by revision. */
export const postRevision = pgTable(
  'post_revision',
  {
    postId: reference()
      .notNull()
      .references(() => post.id),
    revision: integer().notNull(),
    markdown: text().notNull(),
    html: text().notNull(),
    at: moment().notNull().defaultNow(),
  },
  table => [primaryKey({ columns: [table.postId, table.revision] })],
)

export const mention = pgTable(
  'mention',
  {
    postId: reference()
      .notNull()
      .references(() => post.id),
    personId: reference()
      .notNull()
      .references(() => person.id),
  },
  table => [primaryKey({ columns: [table.postId, table.personId] })],
)
