import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { identity, moment, reference } from './columns.ts'

export const person = pgTable(
  'person',
  {
    id: identity(),
    handle: text().notNull(),
    displayName: text().notNull(),
    email: text().notNull(),
    passwordHash: text().notNull(),
    kind: text({ enum: ['listener', 'member'] }).notNull(),
    ageBand: text({ enum: ['adult', 'teen'] }).notNull(),
    timeZone: text().notNull().default('UTC'),
    /** Since when they have been a listener or member of the community, which may be long before this account. */
    joinedOn: date({ mode: 'string' }).notNull(),
    /** Whether certificates show the display name beside the badge on their public page. */
    namedOnCertificates: boolean().notNull().default(false),
    /** A few words about themselves, for their page. */
    about: text().notNull().default(''),
    /** Whether anybody who has the link may see their page; never that of a teen. */
    publicPage: boolean().notNull().default(false),
    createdAt: moment().notNull().defaultNow(),
    /** When they left and all that was theirs was erased: what remains is a row without a name, for others to point to. */
    leftAt: moment(),
  },
  table => [
    uniqueIndex('person_handle').on(sql`lower(${table.handle})`),
    // For finding handles and names by how they begin, whatever the database's collation.
    index('person_handle_prefix').on(sql`lower(${table.handle}) text_pattern_ops`),
    index('person_name_prefix').on(sql`lower(${table.displayName}) text_pattern_ops`),
    uniqueIndex('person_email').on(sql`lower(${table.email})`),
  ],
)

/** Holds while a row has no end: who may run the programme, and who said so. */
export const adminAppointment = pgTable(
  'admin_appointment',
  {
    id: identity(),
    personId: reference()
      .notNull()
      .references(() => person.id),
    byId: reference().references(() => person.id),
    at: moment().notNull().defaultNow(),
    endedById: reference().references(() => person.id),
    endedAt: moment(),
  },
  table => [
    uniqueIndex('admin_appointment_current')
      .on(table.personId)
      .where(sql`${table.endedAt} is null`),
  ],
)

/** Holds while a row has no end: the account can't be used. */
export const suspension = pgTable(
  'suspension',
  {
    id: identity(),
    personId: reference()
      .notNull()
      .references(() => person.id),
    byId: reference()
      .notNull()
      .references(() => person.id),
    reason: text().notNull(),
    at: moment().notNull().defaultNow(),
    endedById: reference().references(() => person.id),
    endedAt: moment(),
  },
  table => [
    uniqueIndex('suspension_current')
      .on(table.personId)
      .where(sql`${table.endedAt} is null`),
  ],
)

/** An experienced leader paired with a new one, while a row has no end. */
export const buddy = pgTable(
  'buddy',
  {
    id: identity(),
    leaderId: reference()
      .notNull()
      .references(() => person.id),
    newcomerId: reference()
      .notNull()
      .references(() => person.id),
    byId: reference().references(() => person.id),
    at: moment().notNull().defaultNow(),
    endedById: reference().references(() => person.id),
    endedAt: moment(),
  },
  table => [
    check('buddy_of_another', sql`${table.leaderId} <> ${table.newcomerId}`),
    uniqueIndex('buddy_current')
      .on(table.leaderId, table.newcomerId)
      .where(sql`${table.endedAt} is null`),
    index('buddy_newcomer')
      .on(table.newcomerId)
      .where(sql`${table.endedAt} is null`),
  ],
)

/** A signed-in browser. The id is the SHA-256 of the token in its cookie. */
export const session = pgTable(
  'session',
  {
    id: text().primaryKey(),
    personId: reference()
      .notNull()
      .references(() => person.id, { onDelete: 'cascade' }),
    userAgent: text().notNull().default(''),
    createdAt: moment().notNull().defaultNow(),
    expiresAt: moment().notNull(),
    /** When whoever sits there last gave the password again. */
    confirmedAt: moment(),
  },
  table => [index('session_person').on(table.personId), index('session_expiry').on(table.expiresAt)],
)

/** A link that lets one person sign up; the first admin's has no inviter. */
export const invitation = pgTable('invitation', {
  id: identity(),
  tokenHash: text().notNull().unique(),
  role: text({ enum: ['trainee', 'admin'] })
    .notNull()
    .default('trainee'),
  cohortId: reference(),
  note: text().notNull().default(''),
  byId: reference().references(() => person.id),
  createdAt: moment().notNull().defaultNow(),
  expiresAt: moment().notNull(),
  acceptedById: reference().references(() => person.id),
  acceptedAt: moment(),
  withdrawnAt: moment(),
})

export const passwordReset = pgTable(
  'password_reset',
  {
    tokenHash: text().primaryKey(),
    personId: reference()
      .notNull()
      .references(() => person.id, { onDelete: 'cascade' }),
    createdAt: moment().notNull().defaultNow(),
    expiresAt: moment().notNull(),
    usedAt: moment(),
  },
  table => [index('password_reset_person').on(table.personId)],
)

/** What a person is told on their home page until they have seen it. */
export const notification = pgTable(
  'notification',
  {
    id: identity(),
    personId: reference()
      .notNull()
      .references(() => person.id, { onDelete: 'cascade' }),
    kind: text({
      enum: [
        'mentioned',
        'replied',
        'posted',
        'reported',
        'report_handled',
        'post_hidden',
        'post_shown',
        'post_moved',
        'reflection_passed',
        'reflection_returned',
        'grade_corrected',
        'quiz_remarked',
        'appealed',
        'appeal_decided',
        'calibration_due',
        'buddy_paired',
        'evidence_beside',
        'evidence_confirmed',
        'evidence_declined',
        'assessed',
        'dispute_answered',
        'endorsed',
        'endorsement_asked',
        'guide_vouched',
        'guide_vouch_revoked',
        'badge_granted',
        'badge_declined',
        'badge_revoked',
        'badge_lapsed',
        'badge_suspended',
        'badge_reinstated',
        'badge_renewed',
        'badge_ending',
        'duty_due',
        'badge_appeal_decided',
        'override_answered',
        'webhook_failing',
      ],
    }).notNull(),
    /** One sentence, as the person will read it. */
    summary: text().notNull(),
    /** Where it leads, a path on this site. */
    href: text().notNull(),
    byId: reference().references(() => person.id),
    /** For news of a discussion that one watches, of which there is one at a time: which discussion. */
    discussionId: reference(),
    createdAt: moment().notNull().defaultNow(),
    seenAt: moment(),
  },
  table => [
    uniqueIndex('notification_posted_once')
      .on(table.personId, table.discussionId)
      .where(sql`${table.seenAt} is null and ${table.kind} = 'posted'`),
    index('notification_unseen')
      .on(table.personId, table.id.desc())
      .where(sql`${table.seenAt} is null`),
  ],
)

/** A write that was done, so that pressing twice or trying again does it once. */
export const idempotencyKey = pgTable(
  'idempotency_key',
  {
    /** Who wrote: a person's id, or an anonymous visitor's form. */
    owner: text().notNull(),
    key: uuid().notNull(),
    /** SHA-256 of the action and all that was posted: a corrected form under the same key is a new write. */
    digest: text().notNull(),
    redirect: text(),
    flash: text(),
    createdAt: moment().notNull().defaultNow(),
  },
  table => [
    primaryKey({ columns: [table.owner, table.key, table.digest] }),
    index('idempotency_key_age').on(table.createdAt),
  ],
)

/** How often something was tried within a window, shared by all instances. */
export const rateLimit = pgTable('rate_limit', {
  key: text().primaryKey(),
  points: integer().notNull(),
  resetsAt: moment().notNull(),
})
