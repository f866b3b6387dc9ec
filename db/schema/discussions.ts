import { sql } from 'drizzle-orm'
import {
  check,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { identity, moment, reference } from './columns.ts'
import { cohort } from './courses.ts'
import { person } from './people.ts'

/** Where people talk: under one module for one cohort, or a topic on the board of a cohort or of the whole community. */
export const discussion = pgTable(
  'discussion',
  {
    id: identity(),
    /** Null for a topic of the whole community. */
    cohortId: reference().references(() => cohort.id),
    /** Null for a topic. */
    module: text(),
    /** A topic's title; null under a module. */
    title: text(),
    /** What a topic asks for beside words; null under a module. */
    form: text({ enum: ['talk', 'poll', 'check-in'] }),
    reflections: integer().notNull().default(0),
    /** Posts of every kind, markers of removed ones included. */
    posts: integer().notNull().default(0),
    /** How many have voted or answered its check-in. */
    voters: integer().notNull().default(0),
    lastPostId: reference(),
    lastPostedAt: moment().notNull().defaultNow(),
    /** Nobody but those who moderate it replies in a closed discussion. */
    closedAt: moment(),
    closedById: reference().references(() => person.id),
    /** Pinned topics stand first on their board. */
    pinnedAt: moment(),
    pinnedById: reference().references(() => person.id),
    createdAt: moment().notNull().defaultNow(),
  },
  table => [
    check('discussion_about_one_thing', sql`(${table.module} is null) <> (${table.title} is null)`),
    check('discussion_form_of_topic', sql`(${table.title} is null) = (${table.form} is null)`),
    check('discussion_module_of_cohort', sql`${table.module} is null or ${table.cohortId} is not null`),
    uniqueIndex('discussion_place').on(table.cohortId, table.module),
    index('discussion_latest').on(table.cohortId, table.lastPostedAt, table.id),
    index('discussion_title_words')
      .using('gin', sql`to_tsvector('english', ${table.title})`)
      .where(sql`${table.title} is not null`),
    index('discussion_pinned')
      .on(table.cohortId)
      .where(sql`${table.pinnedAt} is not null`),
  ],
)

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })

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
    /** A topic begins with its opening; reflections and openings have replies under them, one level deep. */
    kind: text({ enum: ['reflection', 'opening', 'reply'] }).notNull(),
    /** The reflection or opening that a reply stands under. */
    parentId: reference(),
    /** Who may read it: everybody in its discussion, or its author and the mentors. A reply has that of what it answers. */
    audience: text({ enum: ['cohort', 'mentors'] })
      .notNull()
      .default('cohort'),
    markdown: text().notNull(),
    /** Rendered and sanitised when written. */
    html: text().notNull(),
    /** What it touches on, where its author folds it until somebody opens it. */
    contentNote: text(),
    /** 1 when first posted, one more with each edit. */
    revision: integer().notNull().default(1),
    /** Replies below it, as far as all may read them who may read it; markers of removed ones included. */
    replies: integer().notNull().default(0),
    /** Reaction id to how many; kept with the rows of `reaction`. */
    reactions: jsonb()
      .$type<Record<string, number>>()
      .notNull()
      .default(sql`'{}'`),
    /** Its words are out of sight and a marker stands in their place: its author deleted it, or a mentor hid it. */
    removed: text({ enum: ['deleted', 'hidden'] }),
    removedById: reference().references(() => person.id),
    removedAt: moment(),
    createdAt: moment().notNull().defaultNow(),
    editedAt: moment(),
    words: tsvector()
      .notNull()
      .generatedAlwaysAs(sql`to_tsvector('english', markdown)`),
  },
  table => [
    uniqueIndex('post_own_reflection')
      .on(table.discussionId, table.authorId)
      .where(sql`${table.kind} = 'reflection' and ${table.removed} is distinct from 'deleted'`),
    uniqueIndex('post_opening')
      .on(table.discussionId)
      .where(sql`${table.kind} = 'opening'`),
    index('post_reflections')
      .on(table.discussionId, table.id)
      .where(sql`${table.kind} = 'reflection'`),
    index('post_replies')
      .on(table.parentId, table.id)
      .where(sql`${table.kind} = 'reply'`),
    index('post_private_replies')
      .on(table.parentId)
      .where(sql`${table.kind} = 'reply' and ${table.audience} = 'mentors'`),
    index('post_in_discussion').on(table.discussionId, table.id),
    index('post_author').on(table.authorId, table.id),
    index('post_words').using('gin', table.words),
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

/** One of each kind for each person and post. */
export const reaction = pgTable(
  'reaction',
  {
    postId: reference()
      .notNull()
      .references(() => post.id),
    personId: reference()
      .notNull()
      .references(() => person.id),
    /** An id of `content/discussions.yaml`. */
    reaction: text().notNull(),
    at: moment().notNull().defaultNow(),
  },
  table => [primaryKey({ columns: [table.postId, table.personId, table.reaction] })],
)

/** What a poll or a check-in lets one choose, in order, and how many have. */
export const pollOption = pgTable(
  'poll_option',
  {
    discussionId: reference()
      .notNull()
      .references(() => discussion.id),
    position: smallint().notNull(),
    words: text().notNull(),
    votes: integer().notNull().default(0),
  },
  table => [primaryKey({ columns: [table.discussionId, table.position] })],
)

/** What one person has chosen; for a check-in, with the reply that holds their line, if they wrote one. */
export const vote = pgTable(
  'vote',
  {
    discussionId: reference()
      .notNull()
      .references(() => discussion.id),
    personId: reference()
      .notNull()
      .references(() => person.id),
    position: smallint().notNull(),
    postId: reference().references(() => post.id),
    at: moment().notNull().defaultNow(),
  },
  table => [
    primaryKey({ columns: [table.discussionId, table.personId] }),
    index('vote_post')
      .on(table.postId)
      .where(sql`${table.postId} is not null`),
  ],
)

/** How many replies to others' reflections a person has written in a module, as they stand now. */
export const takingPart = pgTable(
  'taking_part',
  {
    personId: reference()
      .notNull()
      .references(() => person.id),
    module: text().notNull(),
    replies: integer().notNull(),
  },
  table => [primaryKey({ columns: [table.personId, table.module] })],
)
