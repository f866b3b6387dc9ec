import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Db, Queryable, Tx } from '../../db/client.ts'
import { apiToken } from '../../db/schema/api.ts'
import { person } from '../../db/schema/people.ts'
import { ensure, found } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { canRunProgramme } from '../people/policy.ts'
import { hashToken, newToken } from '../people/secret-token.ts'
import { audit } from '../record/audit.ts'
import { scopeNames } from './scopes.ts'

/** For how many days a token can be made to last; `always` until it is revoked. */
export const tokenLasts = ['30', '90', '365', 'always'] as const

export const tokenInput = z.object({
  name: z.string().trim().min(1).max(80),
  scopes: z
    .array(z.enum(scopeNames))
    .min(1, { error: 'Please choose what it opens.' })
    .max(scopeNames.length),
  // A year: long enough to forget about, short enough that a lost one is not a worry for ever.
  lasts: z.enum(tokenLasts).default('365'),
})
export type NewToken = z.input<typeof tokenInput>

/**
 * Makes a key to the API. It is told this once; only its hash is kept.
 * @param by an admin, or null where the operator's command line asks
 * @throws Forbidden
 */
export async function makeToken(
  tx: Tx,
  by: Person | null,
  { name, scopes: chosen, lasts }: z.output<typeof tokenInput>,
): Promise<string> {
  ensure(by === null || canRunProgramme(by))
  const scopes = [...new Set(chosen)]
  const token = newToken()
  const [made] = await tx
    .insert(apiToken)
    .values({ name, scopes, expiresAt: expiryOf(lasts), tokenHash: hashToken(token), byId: by?.id ?? null })
    .returning({ id: apiToken.id })
  await audit(tx, by, 'token.made', { token: made!.id, name, scopes: scopes.join(' '), lasts })
  return token
}

const expiryOf = (lasts: (typeof tokenLasts)[number]) =>
  lasts === 'always' ? null : sql<Date>`now() + make_interval(days => ${Number(lasts)})`

/** Ends a key, at once and for good. @throws Forbidden, NotFound */
export async function revokeToken(tx: Tx, by: Person | null, { id }: { id: number }): Promise<void> {
  ensure(by === null || canRunProgramme(by))
  const [row] = await tx
    .update(apiToken)
    .set({ revokedAt: new Date(), revokedById: by?.id ?? null })
    .where(and(eq(apiToken.id, id), isNull(apiToken.revokedAt)))
    .returning()
  await audit(tx, by, 'token.revoked', { token: id, name: found(row).name })
}

/**
 * Every key there is or was, the newest first.
 * @param by an admin, or null where the operator's command line asks
 * @throws Forbidden
 */
export function tokens(db: Queryable, by: Person | null) {
  ensure(by === null || canRunProgramme(by))
  return db
    .select({
      id: apiToken.id,
      name: apiToken.name,
      scopes: apiToken.scopes,
      expiresAt: apiToken.expiresAt,
      by: person.handle,
      createdAt: apiToken.createdAt,
      lastUsedAt: apiToken.lastUsedAt,
      revokedAt: apiToken.revokedAt,
    })
    .from(apiToken)
    .leftJoin(person, eq(person.id, apiToken.byId))
    .orderBy(desc(apiToken.id))
}

/** A key that somebody brought. */
export interface OpenedToken {
  id: number
  name: string
  scopes: readonly string[]
  /** Its time is over: it opens nothing, and whoever brings it is told why. */
  expired: boolean
}

/** The key, or null for one that was never made or has been revoked. */
export async function openToken(db: Db, token: string): Promise<OpenedToken | null> {
  const [row] = await db
    .select({
      id: apiToken.id,
      name: apiToken.name,
      scopes: apiToken.scopes,
      expired: sql<boolean>`coalesce(${apiToken.expiresAt} <= now(), false)`,
      usedLately: sql<boolean>`coalesce(${apiToken.lastUsedAt} > now() - interval '1 minute', false)`,
    })
    .from(apiToken)
    .where(and(eq(apiToken.tokenHash, hashToken(token)), isNull(apiToken.revokedAt)))
  if (!row) return null
  const { usedLately, ...opened } = row
  if (!usedLately && !opened.expired) await noteUse(db, row.id)
  return opened
}

/** To the minute, so that a busy platform does not write this row with each request. */
const noteUse = (db: Db, id: number) =>
  db
    .update(apiToken)
    .set({ lastUsedAt: sql`now()` })
    .where(
      and(
        eq(apiToken.id, id),
        sql`coalesce(${apiToken.lastUsedAt}, '-infinity') < now() - interval '1 minute'`,
      ),
    )
