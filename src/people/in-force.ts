import { sql } from 'drizzle-orm'

/**
 * Whether the certificate `c` of a query has neither ended nor run out by today (UTC). The one place where SQL says so:
 * every query over certificates takes it from here, or `inForce`.
 */
export const running = sql.raw(
  `c.ended_at is null and (c.expires_on is null or c.expires_on >= (now() at time zone 'utc')::date)`,
)

/** Whether the certificate `c` of a query holds today (UTC), as rights and rooms follow from it. */
export const inForce = running

/** Whether the account of the person `p` of a query is suspended: then nothing is open to them, whatever they hold. */
export const isSuspended = sql.raw(
  `exists (select from suspension s where s.person_id = p.id and s.ended_at is null)`,
)
