import { z } from 'zod'
import type { Tx } from '../../../db/client.ts'
import type { Content } from '../../authoring/content.ts'
import { Conflict, forPeople } from '../../errors.ts'
import type { Person } from '../../people/person.ts'
import { lockRecord } from '../../record/lock.ts'
import { type Grant, grantBadge } from '../grant.ts'
import { waitingAmong } from '../queue.ts'
import { type Pick, pickFrom, pickName } from './picks.ts'

/** How many are granted with one press: as many as somebody can have looked at. */
export const mostAtOnce = 50

export const severalInput = z.object({
  /** `12.moderator`: a person's id and a badge. */
  who: z
    .array(z.string().max(100))
    .min(1, 'Please choose at least one of them.')
    .max(mostAtOnce, `Please choose at most ${mostAtOnce} at a time.`),
  reason: z.string().trim().max(1000).default(''),
})

export interface Several {
  granted: number
  /** What stood in the way, by pick. */
  not: { pick: Pick; why: string }[]
}

/**
 * Grants all who were chosen in the queue, each by itself: where one can't be granted, the others are.
 *
 * Each is a savepoint of the one transaction that a form is, rather than a transaction of its own: so that the press of
 * the button is done once as a whole. Cut off in the middle, nobody holds anything, and the same press again grants
 * everybody; with transactions of their own, half of them would hold it and nobody would have been told. What it costs is
 * that other decisions wait at the record for the half second that fifty take.
 * @throws Forbidden for anybody but an admin; whatever is no sentence for people
 */
export async function grantSeveral(
  tx: Tx,
  content: Content,
  admin: Person,
  { who, reason }: z.output<typeof severalInput>,
): Promise<Several> {
  // By person, as everybody takes hold of several people; the record first, as every decision does.
  const picks = [...new Set(who)].flatMap(pickFrom).toSorted((a, b) => a.personId - b.personId)
  await lockRecord(tx)
  const people = picks.map(({ personId }) => personId)
  const waiting = new Set((await waitingAmong(tx, content, admin, people)).map(pickName))
  const several: Several = { granted: 0, not: [] }
  for (const pick of picks) {
    const why = await grantOne(tx, content, admin, { ...pick, reason }, waiting.has(pickName(pick)))
    if (why === null) several.granted++
    else several.not.push({ pick, why })
  }
  return several
}

/** @returns why not, in a sentence, or null where they hold it now */
async function grantOne(
  tx: Tx,
  content: Content,
  admin: Person,
  grant: Grant,
  waits: boolean,
): Promise<string | null> {
  try {
    await tx.transaction(async one => {
      if (!waits) throw new Conflict('They do not wait for a decision any more.')
      await grantBadge(one, content, admin, grant)
    })
    return null
  } catch (error) {
    if (forPeople(error)) return error.message
    throw error
  }
}
