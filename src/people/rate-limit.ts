import { sql } from 'drizzle-orm'
import { db } from '../../db/client.ts'
import { TooMany } from '../errors.ts'

/** How many tries of each kind, in how many seconds. */
const limits = {
  'sign-in-address': { tries: 30, seconds: 15 * 60 },
  'sign-in-account': { tries: 10, seconds: 15 * 60 },
  'sign-up': { tries: 20, seconds: 60 * 60 },
  'password-reset-address': { tries: 30, seconds: 60 * 60 },
  'password-reset-account': { tries: 5, seconds: 60 * 60 },
  'password-again': { tries: 5, seconds: 15 * 60 },
  copy: { tries: 5, seconds: 60 * 60 },
  write: { tries: 120, seconds: 60 },
  draft: { tries: 120, seconds: 60 },
  mentions: { tries: 120, seconds: 60 },
  search: { tries: 60, seconds: 60 },
  'read-mark': { tries: 120, seconds: 60 },
  verify: { tries: 60, seconds: 60 },
  api: { tries: 600, seconds: 60 },
} as const

export type LimitKind = keyof typeof limits

/**
 * Counts one try of `kind` by `who`, in one statement and outside of any transaction, so that a failed write is
 * counted too and all instances count together.
 * @throws TooMany when there have been too many within the window
 */
export async function limit(kind: LimitKind, who: string): Promise<void> {
  const { tries, seconds } = limits[kind]
  const [row] = await db().execute<{ points: number; wait: number }>(sql`
    insert into rate_limit (key, points, resets_at) values (${`${kind}:${who}`}, 1, now() + make_interval(secs => ${seconds}))
    on conflict (key) do update set
      points = case when rate_limit.resets_at < now() then 1 else rate_limit.points + 1 end,
      resets_at = case when rate_limit.resets_at < now() then excluded.resets_at else rate_limit.resets_at end
    returning points, ceil(extract(epoch from resets_at - now()) / 60)::int as wait`)
  if (row && row.points > tries)
    throw new TooMany(
      `That was tried too often. Please wait ${row.wait} minute${row.wait === 1 ? '' : 's'} and try again.`,
    )
}
