import { sql } from 'drizzle-orm'
import { boolean, date, index, integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { identity, moment, reference } from './columns.ts'
import { person } from './people.ts'

export const cohort = pgTable(
  'cohort',
  {
    id: identity(),
    course: text().notNull(),
    name: text().notNull(),
    /** The course's always-open cohort, which has no dates and which every mentor serves. */
    selfPaced: boolean().notNull().default(false),
    startsOn: date({ mode: 'string' }),
    endsOn: date({ mode: 'string' }),
    /** Since when its reflections are marked once only, whatever the course says, and who said so: too few mentors. */
    markedOnceSince: moment(),
    markedOnceById: reference().references(() => person.id),
    createdAt: moment().notNull().defaultNow(),
  },
  table => [
    uniqueIndex('cohort_self_paced')
      .on(table.course)
      .where(sql`${table.selfPaced}`),
    uniqueIndex('cohort_name').on(table.course, sql`lower(${table.name})`),
  ],
)

export const enrolment = pgTable(
  'enrolment',
  {
    id: identity(),
    cohortId: reference()
      .notNull()
      .references(() => cohort.id),
    personId: reference()
      .notNull()
      .references(() => person.id),
    /** Repeated from the cohort so that the database itself keeps a person in one cohort of a course. */
    course: text().notNull(),
    at: moment().notNull().defaultNow(),
    endedAt: moment(),
    /** Since when everything that the course took is done. It stays, whatever the course takes later. */
    finishedAt: moment(),
    /** Since when every reflection of the course has passed, so that who is enrolled no longer studies here. */
    reflectedAt: moment(),
  },
  table => [
    uniqueIndex('enrolment_current')
      .on(table.personId, table.course)
      .where(sql`${table.endedAt} is null`),
    index('enrolment_cohort').on(table.cohortId, table.personId),
    index('enrolment_person').on(table.personId, table.cohortId),
  ],
)

/** Who mentors a cohort. Grading takes this and the right to grade, which only a badge gives. */
export const cohortMentor = pgTable(
  'cohort_mentor',
  {
    cohortId: reference()
      .notNull()
      .references(() => cohort.id),
    personId: reference()
      .notNull()
      .references(() => person.id),
    at: moment().notNull().defaultNow(),
  },
  table => [
    primaryKey({ columns: [table.cohortId, table.personId] }),
    index('cohort_mentor_person').on(table.personId),
  ],
)

/**
 * That a person has read a version of a module to its end, or what changed with it; the largest version counts, and
 * the others are history.
 */
export const reading = pgTable(
  'reading',
  {
    personId: reference()
      .notNull()
      .references(() => person.id),
    /** A module's id: `course/module`. */
    module: text().notNull(),
    version: integer().notNull().default(1),
    /** They were asked whether they had really read it, since the page had been open for a short time, and said so. */
    confirmed: boolean().notNull().default(false),
    at: moment().notNull().defaultNow(),
  },
  table => [primaryKey({ columns: [table.personId, table.module, table.version] })],
)

/** By when a cohort means to have written in a module's discussion, where its own days differ from the module's. */
export const dueDate = pgTable(
  'due_date',
  {
    cohortId: reference()
      .notNull()
      .references(() => cohort.id),
    module: text().notNull(),
    reflectionOn: date({ mode: 'string' }),
    repliesOn: date({ mode: 'string' }),
  },
  table => [primaryKey({ columns: [table.cohortId, table.module] })],
)
