import {
  date,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
} from 'drizzle-orm/pg-core'
import type { Answer } from '../../src/quizzes/questions/kind.ts'
import type { Felt } from '../../src/quizzes/recall/schedule.ts'
import { moment, reference } from './columns.ts'
import { person } from './people.ts'

/** A question that a person goes over now and then, with what is known of how well they remember it. */
export const recallCard = pgTable(
  'recall_card',
  {
    personId: reference()
      .notNull()
      .references(() => person.id, { onDelete: 'cascade' }),
    quiz: text().notNull(),
    /** Its name in the quiz as it is written today: one that has left the content is not asked. */
    question: text().notNull(),
    /** The day, where the person lives, on which it is asked again. */
    dueOn: date({ mode: 'string' }).notNull(),
    /** As FSRS knows them; null before the first answer. */
    stability: doublePrecision(),
    difficulty: doublePrecision(),
    /** How often it was answered. */
    reviews: integer().notNull().default(0),
    lapses: integer().notNull().default(0),
    reviewedAt: moment(),
    /** What has been answered so far and is not marked: a scene is played turn by turn. */
    answer: jsonb().$type<Answer>().notNull().default([]),
  },
  table => [
    primaryKey({ columns: [table.personId, table.quiz, table.question] }),
    index('recall_card_due').on(table.personId, table.dueOn),
  ],
)

/** One answer to it: the cards' state follows from these alone. */
export const recallReview = pgTable(
  'recall_review',
  {
    personId: reference().notNull(),
    quiz: text().notNull(),
    question: text().notNull(),
    /** From 1. */
    number: integer().notNull(),
    felt: text().$type<Felt>().notNull(),
    reviewedAt: moment().notNull(),
    answer: jsonb().$type<Answer>().notNull(),
  },
  table => [
    primaryKey({ columns: [table.personId, table.quiz, table.question, table.number] }),
    foreignKey({
      name: 'recall_review_card',
      columns: [table.personId, table.quiz, table.question],
      foreignColumns: [recallCard.personId, recallCard.quiz, recallCard.question],
    }).onDelete('cascade'),
  ],
)
