import { randomBytes } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import type { Db, Tx } from '../../../db/client.ts'
import { leaving } from '../../../db/schema/own.ts'
import { person, suspension } from '../../../db/schema/people.ts'
import type { Content } from '../../authoring/content.ts'
import { tellRoomsOfLeaving } from '../../badges/tell-rooms.ts'
import { Conflict, found } from '../../errors.ts'
import { hashPassword } from '../../people/password.ts'
import { somebodyWhoLeft } from '../../people/who-left.ts'
import { audit } from '../../record/audit.ts'
import { eraseFromRecord } from '../../record/erase.ts'
import { ensureOthersRun, type Keeps } from '../leaving.ts'
import { eraseCertificates } from './certificates.ts'
import { releaseClaims } from './claims.ts'
import { eraseElsewhere, forgetWords, wordsOf } from './elsewhere.ts'
import { emptyLog } from './log.ts'
import { takeOutName } from './names.ts'
import { erasePosts } from './posts.ts'
import { eraseRows } from './rows.ts'

/** Who leaves, as they were until now. */
export interface Leaver {
  id: number
  handle: string
  email: string
  displayName: string
}

/**
 * Erases everybody whose day has come, each in a transaction of their own.
 * @param told what stood in the way of one, who is tried again the next time
 * @returns how many they were
 */
export async function eraseDue(
  db: Db,
  content: Content,
  told: (error: unknown) => void = error => {
    throw error
  },
): Promise<number> {
  const due = await db.execute<{ person_id: string }>(
    sql`select person_id from leaving where ended_at is null and due_at <= now() order by due_at`,
  )
  let erased = 0
  for (const { person_id } of due)
    try {
      if (await db.transaction(tx => erase(tx, content, Number(person_id)))) erased++
    } catch (error) {
      told(error)
    }
  return erased
}

/**
 * Erases all that is somebody's, as they chose when they asked, whose row for that is open. What stays for others leads
 * to a person without a name.
 * @returns whether it did; not where it has been done or taken back meanwhile
 * @throws Conflict when nobody else runs the programme
 */
export async function erase(tx: Tx, content: Content, personId: number): Promise<boolean> {
  // By itself: a statement that had to wait would still see the row from before it waited.
  await tx.execute(sql`select from leaving where person_id = ${personId} and ended_at is null for update`)
  const [asked] = await tx.execute<{ id: string; keeps: Keeps }>(
    sql`select id, keeps from leaving where person_id = ${personId} and ended_at is null`,
  )
  if (!asked) return false
  await ensureOthersRun(tx, personId)
  const leaver = await leaverOf(tx, personId)
  const words = await wordsOf(tx, leaver)

  // Before the first thing goes: it says what they held until now.
  const tellRooms = await tellRoomsOfLeaving(tx, content, personId)
  await becomeNobody(tx, leaver)
  await releaseClaims(tx, leaver)
  await eraseRows(tx, personId)
  await erasePosts(tx, personId)
  await eraseCertificates(tx, leaver, asked.keeps)
  await takeOutName(tx, leaver)
  await emptyLog(tx, personId)
  await eraseElsewhere(tx, leaver)
  await forgetWords(tx, words)
  await tellRooms()
  await close(tx, personId, Number(asked.id))
  // Last, for all other decisions wait while it is written.
  await eraseFromRecord(tx, personId)
  return true
}

async function leaverOf(tx: Tx, personId: number): Promise<Leaver> {
  await tx.execute(sql`select from person where id = ${personId} for update`)
  const [row] = await tx
    .select({
      id: person.id,
      handle: person.handle,
      email: person.email,
      displayName: person.displayName,
      leftAt: person.leftAt,
    })
    .from(person)
    .where(eq(person.id, personId))
  const { leftAt, ...leaver } = found(row)
  if (leftAt !== null) throw new Conflict('They have left already.')
  return leaver
}

/** Their row loses all that says who they were; it stays because others' rows lead to it. */
async function becomeNobody(tx: Tx, { id }: Leaver): Promise<void> {
  const nobody = somebodyWhoLeft()
  await tx
    .update(person)
    .set({
      ...nobody,
      passwordHash: await hashPassword(randomBytes(24).toString('base64url')),
      ...{ kind: 'member', ageBand: 'adult', timeZone: 'UTC', about: '' },
      ...{ namedOnCertificates: false, publicPage: false, leftAt: sql`now()` },
      joinedOn: sql`current_date`,
      createdAt: sql`now()`,
    })
    .where(eq(person.id, id))
}

/** Closed for good: whatever asks whether an account may be used need not know of leaving. */
async function close(tx: Tx, personId: number, asked: number): Promise<void> {
  await tx.insert(suspension).values({ personId, byId: personId, reason: 'They have left.' })
  await tx
    .update(leaving)
    .set({ endedAt: sql`now()`, endedBy: 'erasure' })
    .where(eq(leaving.id, asked))
  await audit(tx, null, 'person.left', {}, personId)
}
