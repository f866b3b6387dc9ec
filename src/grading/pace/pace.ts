import { eq } from 'drizzle-orm'
import type { Queryable } from '../../../db/client.ts'
import { mentorPace } from '../../../db/schema/grading.ts'
import { dayIn } from '../../layout/time.ts'
import type { Person } from '../../people/person.ts'

/** How many reflections a week a mentor takes on, null for no limit; and their days away, the last one included. */
export interface Pace {
  weekly: number | null
  awayFrom: string | null
  awayUntil: string | null
}

/** Who has said nothing takes on whatever comes. */
const unsaid: Pace = { weekly: null, awayFrom: null, awayUntil: null }

export async function paceOf(db: Queryable, { id }: Pick<Person, 'id'>): Promise<Pace> {
  const [row] = await db
    .select({
      weekly: mentorPace.weekly,
      awayFrom: mentorPace.awayFrom,
      awayUntil: mentorPace.awayUntil,
    })
    .from(mentorPace)
    .where(eq(mentorPace.mentorId, id))
  return row ?? unsaid
}

/** Whether a mentor is away at this moment, by the calendar where they are. */
export const isAway = ({ awayFrom, awayUntil }: Pace, timeZone: string, now = new Date()): boolean => {
  const today = dayIn(now, timeZone)
  return awayFrom !== null && awayUntil !== null && awayFrom <= today && today <= awayUntil
}
