import { sql } from 'drizzle-orm'
import type { Db, Tx } from '../../db/client.ts'
import { siteFact } from '../../db/schema/record.ts'
import type { Content } from '../authoring/content.ts'
import { found } from '../errors.ts'
import { inForce, isSuspended } from '../people/in-force.ts'
import type { RecordEntry } from '../record/append.ts'
import { announce } from '../webhooks/announce.ts'
import type { BadgeData, Happening } from '../webhooks/events.ts'
import { changeOf, roomsOf, unlocksOf } from './unlocks.ts'

type BadgeEvent = Extract<Happening, { data: BadgeData }>['type']

/** What each kind of entry means to a platform, and whether it opens what the badge unlocks or closes it. */
const told: Partial<
  Record<string, { type: BadgeEvent; status: BadgeData['status']; change: 'opens' | 'closes' | 'stays' }>
> = {
  grant: { type: 'badge.granted', status: 'valid', change: 'opens' },
  renewal: { type: 'badge.renewed', status: 'valid', change: 'stays' },
  suspension: { type: 'badge.suspended', status: 'suspended', change: 'closes' },
  reinstatement: { type: 'badge.reinstated', status: 'valid', change: 'opens' },
  revocation: { type: 'badge.revoked', status: 'revoked', change: 'closes' },
  lapse: { type: 'badge.lapsed', status: 'lapsed', change: 'closes' },
}

/**
 * Tells the rooms of what has just been written into the certification record and of the certificate that it is about,
 * in the same transaction. What concerns no certificate, such as a decline, is nobody's business but the person's.
 * @param wasOpen false where what it opens was closed before already, since it was suspended
 */
export async function tellRooms(
  tx: Tx,
  content: Content,
  entry: RecordEntry,
  { wasOpen = true }: { wasOpen?: boolean } = {},
): Promise<void> {
  const telling = told[entry.kind]
  const { personId, badge, certificateCode } = entry
  if (!telling || certificateCode === null) return
  const { handle, suspended, held } = await holderNow(tx, personId)
  const others = held.filter(id => id !== badge)
  const before =
    telling.change === 'closes' && wasOpen ? [...others, badge] : telling.change === 'stays' ? held : others
  const opened = (badges: readonly string[]) => unlocksOf(content, suspended ? [] : badges)
  const data: BadgeData = {
    person: { id: String(personId), handle },
    ...{ badge, certificate: certificateCode, status: telling.status, entry: entry.seq },
    unlocks: changeOf(opened(before), opened(held)),
  }
  await announce(tx, { type: telling.type, data }, { personId, at: entry.at })
}

/** Tells the rooms that an account has been suspended, or opened again, in the transaction that did it. */
export async function tellRoomsOfAccount(
  tx: Tx,
  content: Content,
  personId: number,
  type: 'person.suspended' | 'person.reinstated',
): Promise<void> {
  const { handle, held } = await holderNow(tx, personId)
  const suspended = type === 'person.suspended'
  const all = unlocksOf(content, held)
  const unlocks = suspended ? changeOf(all, []) : changeOf([], all)
  await announce(
    tx,
    { type, data: { person: { id: String(personId), handle }, suspended, unlocks } },
    { personId },
  )
}

/**
 * Looks what is open to somebody who is about to leave.
 * @returns what tells the rooms that it no longer is, and whom to forget, once all else of them has been erased
 */
export async function tellRoomsOfLeaving(
  tx: Tx,
  content: Content,
  personId: number,
): Promise<() => Promise<void>> {
  const { suspended, held } = await holderNow(tx, personId)
  const unlocks = changeOf(unlocksOf(content, suspended ? [] : held), [])
  const data = { person: { id: String(personId) }, unlocks }
  return () => announce(tx, { type: 'person.erased', data }, { personId })
}

interface Row extends Record<string, unknown> {
  handle: string
  suspended: boolean
  held: string[]
}

/** Who they are and what they hold, with their row held until the transaction ends: one event after the other. */
async function holderNow(tx: Tx, personId: number): Promise<Row> {
  // By itself: a statement that had to wait for the row would still see the certificates from before it waited.
  await tx.execute(sql`select from person where id = ${personId} for no key update`)
  const [row] = await tx.execute<Row>(sql`
    select p.handle, ${isSuspended} as suspended,
      array(select c.badge from certificate c where c.person_id = p.id and ${inForce}) as held
    from person p where p.id = ${personId}`)
  return found(row)
}

/** Tells the rooms when the content opens others than it did: what is open to whom is then to be read anew. */
export async function tellRoomsOfContent(db: Db, content: Content): Promise<void> {
  const name = 'rooms that badges open'
  const rooms = roomsOf(content)
  const value = JSON.stringify(rooms)
  await db.transaction(async tx => {
    const [fact] = await tx.execute<{ value: string }>(
      sql`select value from site_fact where name = ${name} for update`,
    )
    if (fact?.value === value) return
    const written = tx.insert(siteFact).values({ name, value })
    await written.onConflictDoUpdate({ target: siteFact.name, set: { value } })
    if (!fact) return
    const bare = rooms.map(({ id, title }) => ({ id, title }))
    await announce(tx, { type: 'rooms.changed', data: { rooms: bare } })
  })
}
