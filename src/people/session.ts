import { AsyncLocalStorage } from 'node:async_hooks'
import { createHash } from 'node:crypto'
import { and, desc, eq, gt, lt, ne, sql } from 'drizzle-orm'
import { type Adapter, type Cookie, Lucia, TimeSpan } from 'lucia'
import { db, hot, type Queryable, type Tx } from '../../db/client.ts'
import { session } from '../../db/schema/people.ts'
import { env } from '../env.ts'
import { type PersonRow, personColumns, personFrom } from './load-person.ts'
import type { Person } from './person.ts'

/**
 * All that touches Lucia. A session's token is in the person's cookie and nowhere else: the table holds its SHA-256,
 * so that who reads the table can't sign in as anybody.
 */
declare module 'lucia' {
  interface Register {
    UserId: number
    DatabaseUserAttributes: { person: Person; leavesAt: Date | null }
    DatabaseSessionAttributes: { userAgent: string }
    Lucia: typeof lucia
  }
}

const hashed = (token: string) => createHash('sha256').update(token).digest('base64url')

interface SessionRow extends PersonRow {
  expires_at: string
  leaves_at: string | null
}

/** Lucia knows nothing of transactions: this carries ours past it. */
const writingTo = new AsyncLocalStorage<Tx>()

const adapter: Adapter = {
  async getSessionAndUser(token) {
    const [row] = await hot<SessionRow>(
      db(),
      sql`
      select session.expires_at, ${personColumns},
        (select l.due_at from leaving l where l.person_id = person.id and l.ended_at is null) as leaves_at
      from session join person on person.id = session.person_id
      where session.id = ${hashed(token)}`,
    )
    if (!row || row.suspended) return [null, null]
    const person = personFrom(row)
    return [
      { id: token, userId: person.id, expiresAt: new Date(row.expires_at), attributes: { userAgent: '' } },
      {
        id: person.id,
        attributes: { person, leavesAt: row.leaves_at === null ? null : new Date(row.leaves_at) },
      },
    ]
  },
  async getUserSessions() {
    return Promise.reject(new Error('Sessions are listed by sessionsOf, which knows them by their hash.'))
  },
  async setSession({ id, userId, expiresAt, attributes }) {
    await (writingTo.getStore() ?? db())
      .insert(session)
      .values({ id: hashed(id), personId: userId, expiresAt, userAgent: attributes.userAgent.slice(0, 300) })
  },
  async updateSessionExpiration(token, expiresAt) {
    await db()
      .update(session)
      .set({ expiresAt })
      .where(eq(session.id, hashed(token)))
  },
  async deleteSession(token) {
    await db()
      .delete(session)
      .where(eq(session.id, hashed(token)))
  },
  async deleteUserSessions(personId) {
    await db().delete(session).where(eq(session.personId, personId))
  },
  async deleteExpiredSessions() {
    await db().delete(session).where(lt(session.expiresAt, new Date()))
  },
}

const lucia = new Lucia(adapter, {
  sessionExpiresIn: new TimeSpan(30, 'd'),
  sessionCookie: {
    name: 'trellis_session',
    attributes: { secure: env.ORIGIN.startsWith('https:'), sameSite: 'lax', path: '/' },
  },
  getUserAttributes: ({ person, leavesAt }) => ({ person, leavesAt }),
})

/** A cookie as it goes into the answer's `Set-Cookie`. */
export type SessionCookie = Pick<Cookie, 'name' | 'value' | 'attributes'>

interface SignedIn {
  person: Person
  /** When their account is erased, if they have asked for that. */
  leavesAt: Date | null
  sessionId: string
  cookie: SessionCookie | null
}

/** Who the request's cookie speaks for, and the cookie to renew it with when it is due. */
export async function personOfRequest(cookies: string | null): Promise<SignedIn | null> {
  const token = lucia.readSessionCookie(cookies ?? '')
  if (!token || token.length > 100) return null
  const { session, user } = await lucia.validateSession(token)
  if (!session) return null
  const cookie = session.fresh ? lucia.createSessionCookie(token) : null
  return { person: user.person, leavesAt: user.leavesAt, sessionId: hashed(token), cookie }
}

/** Begins a session, in the transaction that may just have added the person, and answers with its cookie. */
export async function beginSession(tx: Tx, personId: number, userAgent: string): Promise<SessionCookie> {
  const begun = await writingTo.run(tx, () => lucia.createSession(personId, { userAgent }))
  return lucia.createSessionCookie(begun.id)
}

/** The cookie that makes a browser forget its session. */
export const blankCookie = (): SessionCookie => lucia.createBlankSessionCookie()

/** A person's sessions that have not expired, the newest first. */
export const sessionsOf = (db: Queryable, person: { id: number }) =>
  db
    .select({ id: session.id, userAgent: session.userAgent, createdAt: session.createdAt })
    .from(session)
    .where(and(eq(session.personId, person.id), gt(session.expiresAt, new Date())))
    .orderBy(desc(session.createdAt))

/** Ends one of a person's own sessions; of another's, nothing happens. */
export const endSession = (tx: Tx, person: { id: number }, sessionId: string) =>
  tx.delete(session).where(and(eq(session.id, sessionId), eq(session.personId, person.id)))

/** Ends all of a person's sessions, but for the one kept. */
export const endSessions = (tx: Tx, personId: number, keep = '') =>
  tx.delete(session).where(and(eq(session.personId, personId), ne(session.id, keep)))

/** How long a password that was given again is enough: minutes. */
const confirmedFor = 10

/** Notes that whoever sits at this session has just given the password again. */
export const confirmSession = (tx: Tx, sessionId: string) =>
  tx
    .update(session)
    .set({ confirmedAt: sql`now()` })
    .where(eq(session.id, sessionId))

/** Whether they did so a moment ago. */
export async function isConfirmed(db: Queryable, sessionId: string): Promise<boolean> {
  const rows = await db
    .select({ id: session.id })
    .from(session)
    .where(
      and(
        eq(session.id, sessionId),
        sql`${session.confirmedAt} > now() - make_interval(mins => ${confirmedFor})`,
      ),
    )
  return rows.length > 0
}

/** Deletes what has expired. */
export const sweepSessions = () => lucia.deleteExpiredSessions()
