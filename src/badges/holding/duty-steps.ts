import { milliseconds } from '../../authoring/duration.ts'
import type { Duty } from '../badge.ts'
import { DAY, plusDays } from '../day.ts'

/** An open duty of somebody, as the site looks at it. Days are ISO days (UTC). */
export interface OpenDuty {
  readonly dueOn: string
  /** The last day on which it was looked at. */
  readonly lookedOn: string
  /** Since when the badge is suspended for it; null where it is not, or for something else. */
  readonly suspendedOn: string | null
  /** Whether the badge is suspended, for whatever reason. */
  readonly suspended: boolean
}

export type Step = { do: 'nothing' | 'let go' | 'suspend' | 'lapse' } | { do: 'remind'; daysLeft: number }

/**
 * What follows today from an open duty, as its badge asks it today.
 * A badge is suspended on the first look after the day is over, and not again once an admin has lifted that; so a rule
 * that comes into the file later takes nobody unawares whose day is long past. It lapses so long after the suspension, or
 * after the day where the badge is not suspended at all.
 * @param asked undefined where the badge asks it of nobody any more: then it is let go
 */
export function stepOf(duty: OpenDuty, asked: Duty | undefined, today: string): Step {
  if (!asked) return { do: 'let go' }
  const { dueOn, lookedOn, suspendedOn, suspended } = duty
  if (dueOn >= today) return reminderOf(duty, asked, today)
  const { suspend, lapseAfter } = asked.onFailure ?? { suspend: false, lapseAfter: undefined }
  const isNew = lookedOn <= dueOn
  if (suspend && isNew && !suspended) return { do: 'suspend' }
  const lapsesOn = lapseAfter && plusDays(suspend ? (suspendedOn ?? today) : dueOn, daysOf(lapseAfter))
  const isTime = lapsesOn !== undefined && lapsesOn < today
  if (isTime && (suspend ? suspendedOn !== null : lookedOn <= lapsesOn)) return { do: 'lapse' }
  return { do: 'nothing' }
}

/** Once for each time that the badge names: the nearest to the day where the site was away and several have passed. */
function reminderOf({ dueOn, lookedOn }: OpenDuty, { remind }: Duty, today: string): Step {
  const due = remind.some(before => {
    const on = plusDays(dueOn, -daysOf(before))
    return lookedOn < on && on <= today
  })
  return due
    ? { do: 'remind', daysLeft: Math.round((Date.parse(dueOn) - Date.parse(today)) / DAY) }
    : { do: 'nothing' }
}

/** Whole days, at least one. */
const daysOf = (duration: Parameters<typeof milliseconds>[0]) =>
  Math.max(1, Math.round(milliseconds(duration) / DAY))
