import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import type { Criterion } from '../../src/badges/criterion.ts'
import { datemultirange, identity, moment, reference } from './columns.ts'
import { person } from './people.ts'

/** When each person meets each badge's criteria, kept up to date by every write that changes a fact. */
export const standing = pgTable(
  'standing',
  {
    personId: reference()
      .notNull()
      .references(() => person.id, { onDelete: 'cascade' }),
    badge: text().notNull(),
    /** The days on which the criteria are met if nothing but time passes; none while something must still be done. */
    metOn: datemultirange().notNull(),
    /** Since when they are met, or not, as they are today. */
    updatedAt: moment().notNull().defaultNow(),
  },
  table => [
    primaryKey({ columns: [table.personId, table.badge] }),
    index('standing_met')
      .on(table.badge)
      .where(sql`not isempty(${table.metOn})`),
  ],
)

/**
 * The criteria of a badge as they were at a time. What content says anew is a proposal until an admin puts it into
 * force, or content takes it back; what is in force is judged by until the next version is.
 */
export const badgeVersion = pgTable(
  'badge_version',
  {
    id: identity(),
    badge: text().notNull(),
    /** 1, 2, 3 … of each badge, proposals that were taken back included. */
    number: integer().notNull(),
    criteria: jsonb().$type<Criterion>().notNull(),
    proposedAt: moment().notNull().defaultNow(),
    /** When content said something else before it came into force. */
    withdrawnAt: moment(),
    inForceFrom: moment(),
    /** Null for the operator, and for the version that a site began with. */
    putInForceBy: reference().references(() => person.id),
    reason: text(),
    /** The last day on which those who were here may still meet the version before; null where they may not. */
    keepUntil: date({ mode: 'string' }),
    /** Judging everybody by it: how many people there are, how many are done, up to which id, and what changed. */
    people: integer().notNull().default(0),
    done: integer().notNull().default(0),
    upTo: reference().notNull().default(0),
    gained: integer().notNull().default(0),
    lost: integer().notNull().default(0),
    /** When everybody had been judged by it. */
    judgedAt: moment(),
  },
  table => [
    uniqueIndex('badge_version_number').on(table.badge, table.number),
    uniqueIndex('badge_version_proposed')
      .on(table.badge)
      .where(sql`${table.inForceFrom} is null and ${table.withdrawnAt} is null`),
  ],
)

/** A badge as a person holds it, until it ends. The certification record says why, in full. */
export const certificate = pgTable(
  'certificate',
  {
    id: identity(),
    /** The public name of the certificate: 128 random bits, base64url. */
    code: text().notNull().unique(),
    personId: reference()
      .notNull()
      .references(() => person.id),
    badge: text().notNull(),
    grantedAt: moment().notNull(),
    /** The last day it is valid, for badges that lapse. */
    expiresOn: date({ mode: 'string' }),
    endedAt: moment(),
    endedBy: text({ enum: ['revocation', 'lapse'] }),
    /** Since when it is suspended; null while it is not. It stays when it ends in that state. */
    suspendedAt: moment(),
    /** The class of the reason (`content/reasons.yaml`). */
    suspendedFor: text(),
    /** The certificate on which it stands and with which it was suspended, where it did not happen to it alone. */
    suspendedWithId: reference().references((): AnyPgColumn => certificate.id),
    /** When its holder was told that its last day is near; null again once it is renewed. */
    noticeAt: moment(),
    /** The name that stays on it after its holder has left, where they wished that. */
    keptName: text(),
  },
  table => [
    uniqueIndex('certificate_current')
      .on(table.personId, table.badge)
      .where(sql`${table.endedAt} is null`),
    index('certificate_person').on(table.personId),
    // Who holds a badge, page by page, for a platform that starts.
    index('certificate_holders')
      .on(table.badge, table.personId)
      .where(sql`${table.endedAt} is null`),
    // Whose time is over, looked for every minute.
    index('certificate_expiry')
      .on(table.expiresOn)
      .where(sql`${table.endedAt} is null`),
    index('certificate_suspended')
      .on(table.suspendedFor)
      .where(sql`${table.endedAt} is null and ${table.suspendedAt} is not null`),
    check(
      'certificate_suspended_for_something',
      sql`(${table.suspendedAt} is null) = (${table.suspendedFor} is null)`,
    ),
  ],
)

/** The track of a badge that a person has chosen, for badges that have several. */
export const trackChoice = pgTable(
  'track_choice',
  {
    personId: reference()
      .notNull()
      .references(() => person.id),
    badge: text().notNull(),
    track: text().notNull(),
    at: moment().notNull().defaultNow(),
  },
  table => [primaryKey({ columns: [table.personId, table.badge] })],
)

/** A person's request to be considered for a badge. It stays on file when it has ended. */
export const application = pgTable(
  'application',
  {
    id: identity(),
    personId: reference()
      .notNull()
      .references(() => person.id),
    badge: text().notNull(),
    statement: text().notNull(),
    at: moment().notNull().defaultNow(),
    endedAt: moment(),
    endedBy: text({ enum: ['withdrawal', 'grant', 'decline'] }),
  },
  table => [
    uniqueIndex('application_open')
      .on(table.personId, table.badge)
      .where(sql`${table.endedAt} is null`),
  ],
)

/** The word of somebody who holds a badge for somebody who wants one. It stays on file when it is withdrawn. */
export const endorsement = pgTable(
  'endorsement',
  {
    id: identity(),
    personId: reference()
      .notNull()
      .references(() => person.id),
    badge: text().notNull(),
    byId: reference()
      .notNull()
      .references(() => person.id),
    /** The badge that they held, by which they may endorse for this one. */
    asBadge: text().notNull(),
    words: text().notNull(),
    at: moment().notNull().defaultNow(),
    withdrawnAt: moment(),
  },
  table => [
    uniqueIndex('endorsement_standing')
      .on(table.personId, table.badge, table.byId)
      .where(sql`${table.withdrawnAt} is null`),
    index('endorsement_by').on(table.byId),
    check('endorsement_of_another', sql`${table.personId} <> ${table.byId}`),
  ],
)

/** Somebody was asked to speak for a person who wants a badge: once for each badge, answered or not. */
export const endorsementAsk = pgTable(
  'endorsement_ask',
  {
    id: identity(),
    personId: reference()
      .notNull()
      .references(() => person.id),
    badge: text().notNull(),
    ofId: reference()
      .notNull()
      .references(() => person.id),
    at: moment().notNull().defaultNow(),
    endedAt: moment(),
    endedBy: text({ enum: ['endorsement', 'withdrawal', 'grant'] }),
  },
  table => [
    uniqueIndex('endorsement_ask_once').on(table.personId, table.badge, table.ofId),
    index('endorsement_ask_open')
      .on(table.ofId)
      .where(sql`${table.endedAt} is null`),
    check('endorsement_ask_of_another', sql`${table.personId} <> ${table.ofId}`),
  ],
)

/** What a badge holder must finish by a date. */
export const duty = pgTable(
  'duty',
  {
    id: identity(),
    certificateId: reference()
      .notNull()
      .references(() => certificate.id),
    personId: reference()
      .notNull()
      .references(() => person.id),
    course: text().notNull(),
    dueOn: date({ mode: 'string' }).notNull(),
    doneAt: moment(),
    /** When it stopped being asked: its certificate ended, or the badge asks it of nobody any more. */
    letGoAt: moment(),
    /** The last day (UTC) on which the site looked at what follows from it. Each open one is looked at once a day. */
    lookedOn: date({ mode: 'string' })
      .notNull()
      .default(sql`(now() at time zone 'utc')::date`),
  },
  table => [
    index('duty_open')
      .on(table.personId)
      .where(sql`${table.doneAt} is null`),
    index('duty_to_look_at')
      .on(table.lookedOn)
      .where(sql`${table.doneAt} is null and ${table.letGoAt} is null`),
  ],
)
