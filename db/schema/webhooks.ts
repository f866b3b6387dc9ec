import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { identity, moment, reference } from './columns.ts'
import { person } from './people.ts'

/** An address that is told of badges and suspensions as they change. */
export const webhookEndpoint = pgTable('webhook_endpoint', {
  id: identity(),
  /** What stands behind the address, for the admins. */
  name: text().notNull(),
  url: text().notNull(),
  /** The types of events that it hears of. */
  events: text().array().notNull(),
  /** Its secret is derived from the site's own, these random bits and the generation: it is kept nowhere. */
  salt: text().notNull(),
  generation: integer().notNull().default(1),
  /** A trace of the secret, by which a change of the site's own is noticed before anything is signed wrongly. */
  secretTrace: text().notNull(),
  /** Until when the secret before this one signs as well. */
  previousUntil: moment(),
  byId: reference().references(() => person.id),
  createdAt: moment().notNull().defaultNow(),
  /** While it is paused, what it would be told waits. */
  pausedAt: moment(),
  pausedById: reference().references(() => person.id),
  /** Whether somebody asked for the pause, or the address did by answering 410 Gone. */
  pausedFor: text({ enum: ['asked', 'gone'] }),
  /** Since when nothing has come through; null while things do. */
  failingSince: moment(),
  /** When the admins were told that it fails. */
  toldAt: moment(),
  removedAt: moment(),
  removedById: reference().references(() => person.id),
})

/** Something that an endpoint may be told, written in the transaction of what it tells of. */
export const webhookEvent = pgTable(
  'webhook_event',
  {
    /** Grows with each event of a person, so that whoever is told can leave out what is older than what they know. */
    id: identity(),
    /** What it is called outside, the same in every delivery: `evt_…`. */
    name: text().notNull().unique(),
    type: text().notNull(),
    at: moment().notNull().defaultNow(),
    personId: reference().references(() => person.id),
    data: jsonb().$type<Record<string, unknown>>().notNull(),
  },
  table => [index('webhook_event_at').on(table.at), index('webhook_event_person').on(table.personId)],
)

/** An event on its way to an endpoint. What waits here is the queue: nothing else knows of it. */
export const webhookDelivery = pgTable(
  'webhook_delivery',
  {
    id: identity(),
    eventId: reference()
      .notNull()
      .references(() => webhookEvent.id, { onDelete: 'cascade' }),
    endpointId: reference()
      .notNull()
      .references(() => webhookEndpoint.id, { onDelete: 'cascade' }),
    state: text({ enum: ['waiting', 'delivered', 'failed'] })
      .notNull()
      .default('waiting'),
    /** How often it was tried since it was last sent on its way. */
    tries: integer().notNull().default(0),
    /** When it is tried next; while it is being tried, when somebody else may take it up. */
    nextAt: moment().notNull().defaultNow(),
    /** When it came to its state. */
    settledAt: moment(),
  },
  table => [
    uniqueIndex('webhook_delivery_once').on(table.endpointId, table.eventId),
    index('webhook_delivery_event').on(table.eventId),
    index('webhook_delivery_due')
      .on(table.endpointId, table.nextAt, table.id)
      .where(sql`${table.state} = 'waiting'`),
    index('webhook_delivery_failed')
      .on(table.endpointId, table.eventId)
      .where(sql`${table.state} = 'failed'`),
  ],
)

/** One try, and what came of it. */
export const webhookAttempt = pgTable(
  'webhook_attempt',
  {
    id: identity(),
    deliveryId: reference()
      .notNull()
      .references(() => webhookDelivery.id, { onDelete: 'cascade' }),
    at: moment().notNull(),
    /** Milliseconds. */
    took: integer().notNull(),
    /** The answer's status, and how it begins; null and empty where none came. */
    status: integer(),
    answer: text().notNull().default(''),
    /** What stood in the way, in a sentence; empty where an answer came. */
    problem: text().notNull().default(''),
  },
  table => [index('webhook_attempt_delivery').on(table.deliveryId)],
)
