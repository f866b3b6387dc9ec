import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { identity, moment, reference } from './columns.ts'
import { cohort } from './courses.ts'
import { post } from './discussions.ts'
import { person } from './people.ts'

/**
 * Where a reflection stands with its mentors: one row a reflection, kept up to date by the verbs that post,
 * resubmit and grade it. `try` counts submissions: 1 at first, one more after each return.
 */
export const submission = pgTable(
  'submission',
  {
    postId: reference()
      .primaryKey()
      .references(() => post.id),
    cohortId: reference()
      .notNull()
      .references(() => cohort.id),
    authorId: reference()
      .notNull()
      .references(() => person.id),
    module: text().notNull(),
    rubric: text().notNull(),
    try: integer().notNull().default(1),
    state: text({ enum: ['submitted', 'returned', 'passed'] })
      .notNull()
      .default('submitted'),
    submittedAt: moment().notNull().defaultNow(),
    /** By when the course promises an answer. */
    promisedBy: moment().notNull(),
    /** Since when somebody's worry about its author comes before its grade. */
    pausedAt: moment(),
  },
  table => [
    index('submission_queue')
      .on(table.cohortId, table.submittedAt, table.postId)
      .where(sql`${table.state} = 'submitted'`),
    index('submission_author').on(table.authorId, table.module),
  ],
)

/** A mentor's levels and feedback for one try of one reflection. A try is graded once; a new try is a new row. */
export const grade = pgTable(
  'grade',
  {
    id: identity(),
    postId: reference()
      .notNull()
      .references(() => post.id),
    try: integer().notNull(),
    /** The revision of the post that was graded. */
    revision: integer().notNull(),
    mentorId: reference()
      .notNull()
      .references(() => person.id),
    outcome: text({ enum: ['pass', 'return'] }).notNull(),
    rubric: text().notNull(),
    /** Criterion id to level id, as chosen. */
    levels: jsonb().$type<Record<string, string>>().notNull(),
    feedback: text().notNull(),
    feedbackHtml: text().notNull(),
    at: moment().notNull().defaultNow(),
  },
  table => [
    uniqueIndex('grade_try').on(table.postId, table.try),
    index('grade_mentor').on(table.mentorId, table.id),
  ],
)

/** A mentor at work on a reflection, so that a second one is told. */
export const claim = pgTable(
  'claim',
  {
    postId: reference()
      .primaryKey()
      .references(() => post.id),
    mentorId: reference()
      .notNull()
      .references(() => person.id),
    expiresAt: moment().notNull(),
  },
  table => [index('claim_mentor').on(table.mentorId)],
)
