import { setImmediate } from 'node:timers/promises'
import { type Agreement, agreementOf, type Estimate } from './agreement.ts'
import { asFirst, asSecond, type Compared } from './compared.ts'
import { rolling } from './over-time.ts'
import { type Beside, severity } from './severity.ts'

/** A mentor with what they gave beside others. */
export interface MarksOf {
  mentorId: number
  handle: string
  tries: Beside[]
}

export interface MentorFigures {
  mentorId: number
  handle: string
  /** Over all criteria together. */
  agreement: Agreement
  severity: Estimate
}

/** How severity stood in the months up to a moment. */
export interface Moment extends Estimate {
  until: Date
  tries: number
}

/** Everybody who marked beside another, those with the most tries first. */
export function marksOfEach(compared: readonly Compared[]): MarksOf[] {
  const marks = new Map<number, MarksOf>()
  const add = ({ mentorId, handle }: { mentorId: number; handle: string }, one: Beside) => {
    const known = marks.get(mentorId) ?? { mentorId, handle, tries: [] }
    marks.set(mentorId, known)
    known.tries.push(one)
  }
  for (const one of compared) {
    add(one.first, asFirst(one))
    add(one.second, asSecond(one))
  }
  return [...marks.values()].toSorted((a, b) => b.tries.length - a.tries.length || a.mentorId - b.mentorId)
}

/** How they marked beside others; `levels` is how many a criterion has at most. Others are answered in between. */
export async function ofMentors(marks: readonly MarksOf[], levels: number): Promise<MentorFigures[]> {
  const figures: MentorFigures[] = []
  for (const { mentorId, handle, tries } of marks) {
    await setImmediate()
    const agreement = agreementOf(
      tries.map(({ pairs }) => pairs),
      levels,
    )
    figures.push({ mentorId, handle, agreement, severity: severity(tries) })
  }
  return figures
}

/** How strict or generous somebody has been over the last year, month by month. */
export const severityOverTime = (tries: readonly Beside[], now: Date): Moment[] =>
  rolling(tries, now).map(({ until, things }) => ({ until, tries: things.length, ...severity(things) }))
