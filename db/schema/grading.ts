import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  real,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { identity, moment, reference } from './columns.ts'
import { cohort } from './courses.ts'
import { post } from './discussions.ts'
import { person } from './people.ts'

/**
 * Where a reflection stands with its author: one row a reflection, kept up to date by the verbs that hand it in and
 * that release its results. `try` counts submissions: 1 at first, one more after each return.
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
    /** `submitted` until a result is released, however many mentors have marked it. */
    state: text({ enum: ['submitted', 'returned', 'passed'] })
      .notNull()
      .default('submitted'),
    submittedAt: moment().notNull().defaultNow(),
    /** By when the course promises an answer. */
    promisedBy: moment().notNull(),
  },
  table => [
    index('submission_author').on(table.authorId, table.module),
    index('submission_returned')
      .on(table.cohortId, table.submittedAt)
      .where(sql`${table.state} = 'returned'`),
  ],
)

/** Why somebody is asked to mark a try: as its first marker, blind as its second, to settle two that differ, or an appeal. */
export const purposes = ['first', 'second', 'adjudication', 'appeal'] as const

/**
 * One mark that is wanted of a try, and who is at work on it: what mentors find in their queue. It closes when it is
 * done, or when nobody needs it any more.
 */
export const marking = pgTable(
  'marking',
  {
    id: identity(),
    postId: reference()
      .notNull()
      .references(() => post.id),
    cohortId: reference()
      .notNull()
      .references(() => cohort.id),
    authorId: reference()
      .notNull()
      .references(() => person.id),
    module: text().notNull(),
    try: integer().notNull(),
    purpose: text({ enum: purposes }).notNull(),
    /** The revision to be read: what the first marker read, so that all read the same; null for the post as it stands. */
    revision: integer(),
    /** When it came to the queue. */
    openedAt: moment().notNull().defaultNow(),
    promisedBy: moment().notNull(),
    /** Since when somebody's worry about its author comes before its grade. */
    pausedAt: moment(),
    /** To whom it was handed out; anybody else may take it too. */
    handedToId: reference().references(() => person.id),
    /** When it was handed out last. */
    handedAt: moment(),
    /** Who is at work on it, and until when nobody else may be. */
    claimedById: reference().references(() => person.id),
    claimedUntil: moment(),
    /** The page that opened it: another may not let go of it. */
    claimKey: uuid(),
    closedAt: moment(),
    /** Null where it closed because it was not wanted any more. */
    doneById: reference().references(() => person.id),
  },
  table => [
    check('marking_claim_whole', sql`(${table.claimedById} is null) = (${table.claimedUntil} is null)`),
    check('marking_handed_whole', sql`${table.handedToId} is null or ${table.handedAt} is not null`),
    check('marking_done_closed', sql`${table.doneById} is null or ${table.closedAt} is not null`),
    check('marking_not_by_author', sql`${table.doneById} <> ${table.authorId}`),
    uniqueIndex('marking_once').on(table.postId, table.try, table.purpose),
    /** Whoever has marked a try once does not mark it again in another role. */
    uniqueIndex('marking_by_another').on(table.postId, table.try, table.doneById),
    index('marking_queue')
      .on(table.cohortId, table.promisedBy, table.id)
      .where(sql`${table.closedAt} is null`),
    index('marking_queue_not_handed_out')
      .on(table.cohortId, table.promisedBy, table.id)
      .where(sql`${table.closedAt} is null and ${table.handedToId} is null`),
    index('marking_queue_of_module')
      .on(table.cohortId, table.module, table.promisedBy, table.id)
      .where(sql`${table.closedAt} is null`),
    index('marking_queue_of_revisions')
      .on(table.cohortId, table.promisedBy, table.id)
      .where(sql`${table.closedAt} is null and ${table.try} > 1`),
    index('marking_claimed')
      .on(table.claimedById)
      .where(sql`${table.closedAt} is null`),
    index('marking_handed')
      .on(table.handedToId, table.promisedBy, table.id)
      .where(sql`${table.closedAt} is null`),
    index('marking_done').on(table.doneById, table.closedAt.desc()),
  ],
)

/** What a mentor makes of a reflection: on to the next thing, with praise, or another try. */
export const outcomes = ['pass', 'distinction', 'return'] as const

/** A mentor's levels and feedback for one marking. Saved again, it is a new row: the latest counts, and all are kept. */
export const grade = pgTable(
  'grade',
  {
    id: identity(),
    markingId: reference()
      .notNull()
      .references(() => marking.id),
    postId: reference()
      .notNull()
      .references(() => post.id),
    try: integer().notNull(),
    /** The revision of the post that was graded. */
    revision: integer().notNull(),
    mentorId: reference()
      .notNull()
      .references(() => person.id),
    outcome: text({ enum: outcomes }).notNull(),
    rubric: text().notNull(),
    /** Criterion id to level id, as chosen. */
    levels: jsonb().$type<Record<string, string>>().notNull(),
    feedback: text().notNull(),
    feedbackHtml: text().notNull(),
    /** What to change for the next try; empty unless it is returned. */
    toChange: text().notNull().default(''),
    toChangeHtml: text().notNull().default(''),
    /** To be held until the answers of its module go out together. */
    held: boolean().notNull().default(false),
    at: moment().notNull().defaultNow(),
  },
  table => [
    index('grade_try').on(table.postId, table.try, table.id),
    index('grade_marking').on(table.markingId, table.id),
    index('grade_mentor').on(table.mentorId, table.id),
  ],
)

/** How a result came about: from the only mark, from two that agree as the course's rule says, or by one who settled it. */
export const rules = ['only', 'first', 'mean', 'higher', 'adjudicated', 'appeal'] as const

/** What the marks of a try came to. The latest counts; its author sees it from its release on. */
export const result = pgTable(
  'result',
  {
    id: identity(),
    postId: reference()
      .notNull()
      .references(() => post.id),
    cohortId: reference()
      .notNull()
      .references(() => cohort.id),
    authorId: reference()
      .notNull()
      .references(() => person.id),
    module: text().notNull(),
    try: integer().notNull(),
    outcome: text({ enum: outcomes }).notNull(),
    rubric: text().notNull(),
    levels: jsonb().$type<Record<string, string>>().notNull(),
    rule: text({ enum: rules }).notNull(),
    /** The grades whose feedback goes with it, the deciding one first. */
    gradeIds: reference().array().notNull(),
    submittedAt: moment().notNull(),
    promisedBy: moment().notNull(),
    settledAt: moment().notNull().defaultNow(),
    /** Null while it is held. */
    releasedAt: moment(),
    releasedById: reference().references(() => person.id),
  },
  table => [
    index('result_try').on(table.postId, table.try, table.id),
    index('result_held')
      .on(table.cohortId, table.module, table.id)
      .where(sql`${table.releasedAt} is null`),
    index('result_released').on(table.cohortId, table.releasedAt.desc()),
  ],
)

/** An author's objection to a result: one for each, which a mentor decides who has not marked that try. */
export const appeal = pgTable('appeal', {
  id: identity(),
  resultId: reference()
    .notNull()
    .unique()
    .references(() => result.id),
  markingId: reference()
    .notNull()
    .unique()
    .references(() => marking.id),
  reason: text().notNull(),
  reasonHtml: text().notNull(),
  at: moment().notNull().defaultNow(),
  /** By handing in another try instead. */
  withdrawnAt: moment(),
})

/** How many reflections of a course a mentor has marked as the first: the first few of each are marked twice. */
export const marker = pgTable(
  'marker',
  {
    mentorId: reference()
      .notNull()
      .references(() => person.id),
    course: text().notNull(),
    firstMarks: integer().notNull().default(0),
  },
  table => [primaryKey({ columns: [table.mentorId, table.course] })],
)

/** How much a mentor takes on, and when not. */
export const mentorPace = pgTable('mentor_pace', {
  mentorId: reference()
    .primaryKey()
    .references(() => person.id),
  /** Reflections a week; null for no limit. */
  weekly: smallint(),
  awayFrom: date({ mode: 'string' }),
  /** The last day away. */
  awayUntil: date({ mode: 'string' }),
})

/** Words that a mentor uses again and again. */
export const savedComment = pgTable(
  'saved_comment',
  {
    id: identity(),
    ownerId: reference()
      .notNull()
      .references(() => person.id),
    /** For all mentors to use. */
    shared: boolean().notNull().default(false),
    /** Null for every course. */
    course: text(),
    title: text().notNull(),
    markdown: text().notNull(),
    at: moment().notNull().defaultNow(),
    removedAt: moment(),
  },
  table => [
    index('saved_comment_own')
      .on(table.ownerId)
      .where(sql`${table.removedAt} is null`),
    index('saved_comment_shared')
      .on(table.course)
      .where(sql`${table.removedAt} is null and ${table.shared}`),
  ],
)

/** A mentor's round of grading a course's anchor reflections: at first, and again when their marks drift. */
export const calibration = pgTable(
  'calibration',
  {
    id: identity(),
    mentorId: reference()
      .notNull()
      .references(() => person.id),
    course: text().notNull(),
    why: text({ enum: ['new', 'again', 'drift'] }).notNull(),
    openedAt: moment().notNull().defaultNow(),
    finishedAt: moment(),
    /** The part of levels within the tolerance, once finished. */
    agreed: real(),
    passed: boolean(),
  },
  table => [
    uniqueIndex('calibration_open')
      .on(table.mentorId, table.course)
      .where(sql`${table.finishedAt} is null`),
    index('calibration_mentor').on(table.mentorId, table.course, table.id.desc()),
  ],
)

/** How a mentor graded one anchor reflection in one round. */
export const anchorMark = pgTable(
  'anchor_mark',
  {
    calibrationId: reference()
      .notNull()
      .references(() => calibration.id),
    anchor: text().notNull(),
    levels: jsonb().$type<Record<string, string>>().notNull(),
    outcome: text({ enum: outcomes }).notNull(),
    at: moment().notNull().defaultNow(),
  },
  table => [primaryKey({ columns: [table.calibrationId, table.anchor] })],
)
