import { bigint, customType, timestamp } from 'drizzle-orm/pg-core'

/** The identity column of a table: counted by the database, never chosen. */
export const identity = () => bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity()

/** A reference to another table's identity. */
export const reference = () => bigint({ mode: 'number' })

/** A moment in UTC, to the millisecond, so that it survives a round trip through a JavaScript Date. */
export const moment = () => timestamp({ withTimezone: true, precision: 3, mode: 'date' })

/** A set of days, as PostgreSQL writes it: `{[2026-01-29,2026-03-01)}`, the second day being no part of it. */
export const datemultirange = customType<{ data: string }>({ dataType: () => 'datemultirange' })
