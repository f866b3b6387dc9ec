import { sql } from 'drizzle-orm'

/**
 * Whether the certificate `c` of a query has neither ended nor run out by today (UTC), though it may be suspended.
 * Whoever has such a one is not granted the badge again.
 */
export const running = sql.raw(
  `c.ended_at is null and (c.expires_on is null or c.expires_on >= (now() at time zone 'utc')::date)`,
)

/**
 * Whether the certificate `c` of a query holds today (UTC), as rights and rooms follow from it. The one place where SQL
 * says so: every query that asks who holds a badge takes it from here.
 */
export const inForce = sql`${running} and c.suspended_at is null`

/** Whether the account of the person `p` of a query is suspended: then nothing is open to them, whatever they hold. */
export const isSuspended = sql.raw(
  `exists (select from suspension s where s.person_id = p.id and s.ended_at is null)`,
)
