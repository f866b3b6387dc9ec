import { bigint, timestamp } from 'drizzle-orm/pg-core'

/** The identity column of a table: counted by the database, never chosen. */
export const identity = () => bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity()

/** A reference to another table's identity. */
export const reference = () => bigint({ mode: 'number' })

/** A moment in UTC, to the millisecond, so that it survives a round trip through a JavaScript Date. */
export const moment = () => timestamp({ withTimezone: true, precision: 3, mode: 'date' })
