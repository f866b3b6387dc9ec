import { sql } from 'drizzle-orm'
import type { Db, Tx } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import { notify } from '../people/notifications.ts'
import { audit } from '../record/audit.ts'
import { type Case, type Certificate, openCase } from './deciding.ts'
import { endCertificate } from './end-certificate.ts'
import { today } from './load-facts.ts'
import { reviewStanding } from './review-standing.ts'

/** Whether the last day of a certificate is over. Its rights ended with that day, before anybody wrote it down. */
export const hasExpired = ({ expiresOn }: Pick<Certificate, 'expiresOn'>) =>
  expiresOn !== null && expiresOn < today()

/**
 * Puts on the record every certificate whose last day is over, each in a transaction of its own.
 * @returns how many they were
 */
export async function lapseExpired(db: Db, content: Content): Promise<number> {
  const due = await db.execute<{ person_id: string; badge: string }>(sql`
    select person_id, badge from certificate where ended_at is null and expires_on < ${today()}::date order by id`)
  let lapsed = 0
  for (const { person_id, badge } of due) {
    if (!content.badge(badge)) continue
    await db.transaction(async tx => {
      const personId = Number(person_id)
      const open = await openCase(tx, content, null, { personId, badge })
      if (!open.current || !hasExpired(open.current)) return
      await lapse(tx, content, open, open.current)
      await reviewStanding(tx, content, personId)
      lapsed++
    })
  }
  return lapsed
}

/** Puts on the record that a certificate's time is over, and tells its holder. */
export async function lapse(tx: Tx, content: Content, open: Case, current: Certificate): Promise<void> {
  const { badge, facts } = open
  const { personId, code } = current
  await endCertificate(tx, content, open, current, { by: 'lapse', actor: null, reason: '' })
  await notify(tx, personId, {
    kind: 'badge_lapsed',
    summary: `Your badge ${badge.title[facts.ageBand]} has come to the end of its time.`,
    href: `/path/${badge.id}`,
  })
  await audit(tx, null, 'badge.lapsed', { badge: badge.id, code }, personId)
}
