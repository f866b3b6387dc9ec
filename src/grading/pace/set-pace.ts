import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { lock, type Tx } from '../../../db/client.ts'
import { mentorPace } from '../../../db/schema/grading.ts'
import { ensure, Invalid } from '../../errors.ts'
import { dayIn } from '../../layout/time.ts'
import { asNow } from '../../people/load-person.ts'
import type { Person } from '../../people/person.ts'
import { audit } from '../../record/audit.ts'
import { canSeeDesk } from '../policy.ts'
import { isAway, type Pace, paceOf } from './pace.ts'
import { handingOut, takeBack } from './take-back.ts'

export const mostWeekly = 100
/** How far ahead a day away may lie. */
export const daysAhead = 366

const aNumber = `Please give a whole number from 1 to ${mostWeekly}, or leave it empty.`
const day = z
  .string()
  .refine(text => text === '' || z.iso.date().safeParse(text).success, 'Please give a date, like 2026-03-31.')
  .transform(text => (text === '' ? null : text))

export const paceInput = z.object({
  weekly: z
    .string()
    .trim()
    .regex(/^\d{0,9}$/, aNumber)
    .transform(text => (text === '' ? null : Number(text)))
    .refine(weekly => weekly === null || (weekly >= 1 && weekly <= mostWeekly), aNumber),
  awayFrom: day,
  awayUntil: day,
})

/**
 * Sets how much a mentor takes on, and when not. What was handed out to them beyond that, and they have not begun, is
 * everybody's again at once.
 * @throws Forbidden; Invalid when the days make no sense where they are
 */
export async function setPace(tx: Tx, person: Person, pace: Pace): Promise<void> {
  const mentor = await asNow(tx, person)
  ensure(canSeeDesk(mentor))
  ensureSane(pace, dayIn(new Date(), mentor.timeZone))
  await lock(tx, handingOut)
  await keep(tx, mentor, pace)
  await audit(tx, mentor, 'pace.set', { ...pace })
  if (isAway(pace, mentor.timeZone)) await takeBack(tx, sql`m.handed_to_id = ${mentor.id}`, sql`'away'`)
  else if (pace.weekly !== null) await takeBack(tx, beyond(mentor, pace.weekly), sql`'limit'`)
}

/** Ends a mentor's days away, those to come as well. @throws Forbidden */
export async function comeBack(tx: Tx, person: Person): Promise<void> {
  const mentor = await asNow(tx, person)
  ensure(canSeeDesk(mentor))
  const before = await paceOf(tx, mentor)
  if (before.awayFrom === null) return
  await keep(tx, mentor, { ...before, awayFrom: null, awayUntil: null })
  await audit(tx, mentor, 'pace.came_back')
}

/** Both days or none, in order, not all in the past, and not further away than one plans. */
function ensureSane({ awayFrom, awayUntil }: Pace, today: string): void {
  if (awayFrom === null && awayUntil === null) return
  if (awayFrom === null)
    throw new Invalid({ awayFrom: 'Please give your first day away too, or leave both empty.' })
  if (awayUntil === null)
    throw new Invalid({ awayUntil: 'Please give your last day away too, or leave both empty.' })
  const last = new Date(Date.parse(today) + daysAhead * 24 * 60 * 60_000).toISOString().slice(0, 10)
  const wrong = {
    ...(awayUntil < awayFrom && { awayUntil: 'This day comes before your first day away.' }),
    ...(awayUntil < today && { awayUntil: 'This day has passed already.' }),
    ...(awayUntil > last && { awayUntil: 'This is more than a year ahead. Please give an earlier day.' }),
    ...(awayFrom < '2000-01-01' && { awayFrom: 'This lies before the year 2000.' }),
  }
  if (Object.keys(wrong).length > 0) throw new Invalid(wrong)
}

const keep = (tx: Tx, { id: mentorId }: Person, pace: Pace) =>
  tx
    .insert(mentorPace)
    .values({ mentorId, ...pace })
    .onConflictDoUpdate({ target: mentorPace.mentorId, set: pace })

/** What of the open work handed to a mentor goes beyond so much a week, the latest promises. */
const beyond = ({ id }: Person, weekly: number) => sql`m.id in (
  select id from (
    select id, row_number() over (order by promised_by, id) as place from marking
    where handed_to_id = ${id} and closed_at is null) handed
  where place > ${weekly} - (
    select count(*) from marking where done_by_id = ${id} and closed_at > now() - interval '7 days'))`
