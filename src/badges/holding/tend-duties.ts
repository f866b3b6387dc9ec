import { sql } from 'drizzle-orm'
import type { Db, Tx } from '../../../db/client.ts'
import type { Content } from '../../authoring/content.ts'
import { running } from '../../people/in-force.ts'
import { notify } from '../../people/notifications.ts'
import { audit } from '../../record/audit.ts'
import { openCase } from '../deciding.ts'
import { endCertificate } from '../end-certificate.ts'
import { today } from '../load-facts.ts'
import { reviewStanding } from '../review-standing.ts'
import { type OpenDuty, type Step, stepOf } from './duty-steps.ts'
import { lift, liftable } from './lift.ts'
import { dutyNotDone } from './reason.ts'
import { suspendCertificate } from './suspend-certificate.ts'

interface Row extends OpenDuty {
  id: number
  personId: number
  badge: string
  course: string
}

/** So many are looked at in one go: on most days there is nothing to do about any of them. */
const atOnce = 1000

/**
 * Looks at every open duty once a day: reminds, suspends, lets lapse and lets go as its badge says today; and reinstates
 * what was suspended for a duty that has been done. What another instance has looked at is left alone.
 * @returns how many steps were taken
 */
export async function tendDuties(db: Db, content: Content): Promise<number> {
  let taken = 0
  for (;;) {
    const rows = await waiting(db, content)
    const idle: number[] = []
    for (const row of rows) {
      const step = stepFor(content, row)
      if (step.do === 'nothing') idle.push(row.id)
      else if (await db.transaction(tx => take(tx, content, row, step))) taken++
    }
    await db.execute(
      sql`update duty set looked_on = ${today()}::date where id = any(${sql.param(idle)}::bigint[])`,
    )
    if (rows.length < atOnce) break
  }
  for (const one of await liftable(db, content)) {
    await db.transaction(async tx => {
      await openCase(tx, content, null, one)
      const stillSo = await liftable(tx, content, [one.personId])
      if (!stillSo.some(({ badge }) => badge === one.badge)) return
      await lift(tx, content, one)
      await reviewStanding(tx, content, one.personId)
      taken++
    })
  }
  return taken
}

/** Duties that were not looked at today, by their index; of the one with this id, or the first of all. */
async function waiting(db: Db | Tx, content: Content, id?: number): Promise<Row[]> {
  const rows = await db.execute(sql`
    select d.id, d.person_id, c.badge, d.course, d.due_on, d.looked_on, c.suspended_at is not null as suspended,
      case when c.suspended_for = ${dutyNotDone(content).id} then (c.suspended_at at time zone 'utc')::date end as suspended_on
    from duty d join certificate c on c.id = d.certificate_id
    where d.done_at is null and d.let_go_at is null and d.looked_on < ${today()}::date and ${running}
      and ${id === undefined ? sql`true` : sql`d.id = ${id}`}
    order by d.looked_on, d.id limit ${atOnce}`)
  return rows.map(row => ({
    ...{ id: Number(row.id), personId: Number(row.person_id) },
    ...{ badge: row.badge as string, course: row.course as string },
    ...{ dueOn: row.due_on as string, lookedOn: row.looked_on as string },
    ...{ suspendedOn: row.suspended_on as string | null, suspended: row.suspended as boolean },
  }))
}

const stepFor = (content: Content, row: Row): Step =>
  stepOf(
    row,
    content.badge(row.badge)?.duties.find(({ course }) => course === row.course),
    today(),
  )

/** Takes a step, unless it has been taken or the duty done meanwhile. @returns whether it was taken */
async function take(tx: Tx, content: Content, seen: Row, step: Step): Promise<boolean> {
  if (step.do === 'remind') return remind(tx, content, seen, step.daysLeft)
  if (!content.badge(seen.badge)) return letGo(tx, seen)
  const open = await openCase(tx, content, null, seen)
  const [row] = await waiting(tx, content, seen.id)
  if (!row || !open.current || stepFor(content, row).do !== step.do) return false
  await tx.execute(sql`update duty set looked_on = ${today()}::date where id = ${row.id}`)
  const { personId } = row
  const title = open.badge.title[open.facts.ageBand]
  const course = content.course(row.course)?.title ?? row.course
  const why = { reasonClass: dutyNotDone(content), reason: '' }
  const href = `/path/${row.badge}`
  if (step.do === 'let go') {
    await letGo(tx, row)
  } else if (step.do === 'suspend') {
    await suspendCertificate(tx, content, open, open.current, { admin: null, ...why, at: new Date() })
    const summary = `Your badge ${title} is suspended until you have finished ${course}. It holds again the moment you have.`
    await notify(tx, personId, { kind: 'badge_suspended', summary, href })
  } else {
    await endCertificate(tx, content, open, open.current, { by: 'lapse', actor: null, ...why })
    await audit(tx, null, 'badge.lapsed', { badge: row.badge, code: open.current.code }, personId)
    const summary = `Your badge ${title} has lapsed, since ${course} was not finished. You can come back to it whenever you like.`
    await notify(tx, personId, { kind: 'badge_lapsed', summary, href })
  }
  await reviewStanding(tx, content, personId)
  return true
}

async function remind(tx: Tx, content: Content, row: Row, daysLeft: number): Promise<boolean> {
  const [mine] = await tx.execute(sql`
    update duty set looked_on = ${today()}::date
    where id = ${row.id} and looked_on < ${today()}::date and done_at is null and let_go_at is null returning id`)
  if (!mine) return false
  const left =
    daysLeft === 0 ? 'today is the last day' : daysLeft === 1 ? '1 day is left' : `${daysLeft} days are left`
  await notify(tx, row.personId, {
    kind: 'duty_due',
    summary: `${content.course(row.course)?.title ?? row.course} came with your badge: ${left} for it.`,
    href: `/courses/${row.course}`,
  })
  return true
}

async function letGo(tx: Tx, { id, personId, badge, course }: Row): Promise<boolean> {
  const [gone] = await tx.execute(sql`
    update duty set let_go_at = clock_timestamp() where id = ${id} and done_at is null and let_go_at is null returning id`)
  if (gone) await audit(tx, null, 'duty.let_go', { badge, course }, personId)
  return gone !== undefined
}
