import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Db, Queryable, Tx } from '../../db/client.ts'
import { person } from '../../db/schema/people.ts'
import { apiToken } from '../../db/schema/practice.ts'
import { ensure, found } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { canRunProgramme } from '../people/policy.ts'
import { hashToken, newToken } from '../people/secret-token.ts'
import { audit } from '../record/audit.ts'

export const tokenInput = z.object({ name: z.string().trim().min(1).max(80) })

/**
 * Makes a key to the API. It is told this once; only its hash is kept.
 * @param by an admin, or null where the operator's command line asks
 * @throws Forbidden
 */
export async function makeToken(
  tx: Tx,
  by: Person | null,
  { name }: z.output<typeof tokenInput>,
): Promise<string> {
  ensure(by === null || canRunProgramme(by))
  const token = newToken()
  const [made] = await tx
    .insert(apiToken)
    .values({ name, tokenHash: hashToken(token), byId: by?.id ?? null })
    .returning({ id: apiToken.id })
  await audit(tx, by, 'token.made', { token: made!.id, name })
  return token
}

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

/** Every key there is or was, the newest first, for admins. @throws Forbidden */
export function tokens(db: Queryable, admin: Person) {
  ensure(canRunProgramme(admin))
  return db
    .select({
      id: apiToken.id,
      name: apiToken.name,
      by: person.handle,
      createdAt: apiToken.createdAt,
      lastUsedAt: apiToken.lastUsedAt,
      revokedAt: apiToken.revokedAt,
    })
    .from(apiToken)
    .leftJoin(person, eq(person.id, apiToken.byId))
    .orderBy(desc(apiToken.id))
}

/** The key that opens, or null for one that was never made or has been revoked. */
export async function openToken(db: Db, token: string): Promise<{ id: number; name: string } | null> {
  const [row] = await db
    .select({ id: apiToken.id, name: apiToken.name })
    .from(apiToken)
    .where(and(eq(apiToken.tokenHash, hashToken(token)), isNull(apiToken.revokedAt)))
  if (row) await noteUse(db, row.id)
  return row ?? null
}

/** To the minute, so that a busy platform does not write this row with each request. */
const noteUse = (db: Db, id: number) =>
  db
    .update(apiToken)
    .set({ lastUsedAt: new Date() })
    .where(
      and(
        eq(apiToken.id, id),
        sql`coalesce(${apiToken.lastUsedAt}, '-infinity') < now() - interval '1 minute'`,
      ),
    )
