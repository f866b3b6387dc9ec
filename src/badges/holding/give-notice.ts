import { sql } from 'drizzle-orm'
import type { Db } from '../../../db/client.ts'
import type { Content } from '../../authoring/content.ts'
import { milliseconds } from '../../authoring/duration.ts'
import { inForce } from '../../people/in-force.ts'
import { notify } from '../../people/notifications.ts'
import { DAY, plusDays } from '../day.ts'
import { today } from '../load-facts.ts'
import { renewableFrom } from './renew.ts'

/**
 * Tells the holders of badges whose last day is near, once for each time they hold it, by the index of last days.
 * @returns how many were told
 */
export async function giveNotice(db: Db, content: Content): Promise<number> {
  const longest = Math.max(0, ...content.badges.map(({ notice }) => milliseconds(notice) / DAY))
  const near = await db.execute<{ id: string; person_id: string; badge: string; expires_on: string }>(sql`
    select c.id, c.person_id, c.badge, c.expires_on from certificate c
    where ${inForce} and c.notice_at is null and c.expires_on <= ${plusDays(today(), longest)}::date
    order by c.expires_on`)
  let told = 0
  for (const row of near) {
    const badge = content.badge(row.badge)
    if (!badge || today() < renewableFrom(badge, row.expires_on)) continue
    await db.transaction(async tx => {
      const [mine] = await tx.execute<{ age_band: 'adult' | 'teen' }>(sql`
        update certificate set notice_at = now() from person p
        where certificate.id = ${row.id}::bigint and notice_at is null and certificate.ended_at is null
          and expires_on = ${row.expires_on}::date and p.id = certificate.person_id
        returning p.age_band`)
      if (!mine) return
      await notify(tx, Number(row.person_id), {
        kind: 'badge_ending',
        summary: `Your badge ${badge.title[mine.age_band]} holds until ${inWords(row.expires_on)}. ${
          badge.renewal ? 'See what it takes to renew it.' : 'An admin can renew it.'
        }`,
        href: `/path/${row.badge}`,
      })
      told++
    })
  }
  return told
}

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })
const inWords = (on: string) => day.format(new Date(on))
