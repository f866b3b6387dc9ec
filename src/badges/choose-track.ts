import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Queryable, Tx } from '../../db/client.ts'
import { trackChoice } from '../../db/schema/badges.ts'
import type { Content } from '../authoring/content.ts'
import { found, Invalid } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { audit } from '../record/audit.ts'

export const trackInput = z.object({ badge: z.string().max(80), track: z.string().max(80).optional() })

/**
 * Chooses one of a badge's tracks, or another than before. Who calls this reviews their standing next.
 * @throws NotFound for a badge that is not there; Invalid for a track that it does not have
 */
export async function chooseTrack(
  tx: Tx,
  content: Content,
  person: Person,
  { badge: id, track }: z.output<typeof trackInput>,
): Promise<void> {
  const badge = found(content.badge(id))
  const chosen = badge.tracks.find(one => one.id === track)
  if (!chosen) throw new Invalid({ track: 'Please choose one of the tracks.' })
  await tx
    .insert(trackChoice)
    .values({ personId: person.id, badge: id, track: chosen.id })
    .onConflictDoUpdate({
      target: [trackChoice.personId, trackChoice.badge],
      set: { track: chosen.id, at: new Date() },
    })
  await audit(tx, person, 'track.chosen', { badge: id, track: chosen.id })
}

/** The track of a badge that a person has chosen, or null. */
export async function trackOf(db: Queryable, personId: number, badge: string): Promise<string | null> {
  const [row] = await db
    .select({ track: trackChoice.track })
    .from(trackChoice)
    .where(and(eq(trackChoice.personId, personId), eq(trackChoice.badge, badge)))
  return row?.track ?? null
}
