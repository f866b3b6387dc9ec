import { and, eq, inArray, isNull } from 'drizzle-orm'
import { z } from 'zod'
import type { Queryable, Tx } from '../../../db/client.ts'
import { certificate } from '../../../db/schema/badges.ts'
import type { Content } from '../../authoring/content.ts'
import { Invalid } from '../../errors.ts'
import type { Certificate } from '../deciding.ts'
import { hasExpired } from '../lapse.ts'
import { leaningOn } from './effects.ts'

/** The badges that share in a decision on the one below them, as the admin ticked them. */
export const withField = z.array(z.string().max(80)).max(20).default([])

/**
 * The certificates that are to be suspended along with the one on which they stand. What has ended or been suspended
 * meanwhile is left out, for nothing more is to be done about it.
 * @throws Invalid when one does not stand on it
 */
export async function certificatesAbove(
  tx: Tx,
  content: Content,
  { personId, badge, with: chosen }: { personId: number; badge: string; with: readonly string[] },
): Promise<Certificate[]> {
  if (chosen.length === 0) return []
  const above = leaningOn(content, badge)
  if (chosen.some(id => !above.includes(id)))
    throw new Invalid({ with: 'One of these does not stand on this badge.' })
  const rows = await tx
    .select()
    .from(certificate)
    .where(
      and(
        eq(certificate.personId, personId),
        inArray(certificate.badge, [...chosen]),
        isNull(certificate.endedAt),
        isNull(certificate.suspendedAt),
      ),
    )
  return inOrder(content, rows)
}

/** The certificates that are suspended since this one was, in their order. */
export async function suspendedWith(
  db: Queryable,
  content: Content,
  { id, personId }: { id: number; personId: number },
): Promise<Certificate[]> {
  const rows = await db
    .select()
    .from(certificate)
    .where(
      and(
        eq(certificate.personId, personId),
        eq(certificate.suspendedWithId, id),
        isNull(certificate.endedAt),
      ),
    )
  return inOrder(content, rows)
}

const inOrder = (content: Content, rows: readonly Certificate[]) =>
  content.badges.flatMap(({ id }) => rows.filter(one => one.badge === id && !hasExpired(one)))
