import { type Duration, milliseconds } from '../authoring/duration.ts'
import type { Amount, Criterion } from './criterion.ts'
import { modulesDone, piecesPassed, repliesWritten } from './coursework.ts'
import { DAY } from './day.ts'
import { type Dated, isMetOn, metFromOn, metUntilOn, total } from './days-met.ts'
import type { Facts, Holding } from './facts.ts'
import { labelFor } from './label.ts'
import { counted, countedWithin, held, inHours, type Measure, reversed, together, waited } from './measure.ts'
import type { Outline } from './outline.ts'
import { judgeEither } from './rules/judge-either.ts'
import type { Standing } from './standing.ts'

/**
 * How `facts` measure against `criterion` on `today` (ISO day, UTC), with `outline` telling what there is to do.
 * Pure: the same arguments give the same standing. A variant is judged as the branch that is the person's.
 */
export function judge(criterion: Criterion, facts: Facts, today: string, outline: Outline): Standing {
  const judgePart = (part: Criterion) => judge(part, facts, today, outline)
  const labelled = (measure: Measure) => ({
    label: criterion.label ?? labelFor(criterion, measure.need, facts, outline),
    ...measure,
    met: isMetOn(measure.metOn, today),
    metFrom: metFromOn(measure.metOn, today),
    metUntil: metUntilOn(measure.metOn, today),
  })
  const counts = (have: number, need: Amount) => labelled(counted(have, amountFor(need, facts)))
  const waits = (holding: Holding | undefined, weeks: Amount) =>
    labelled(waited(holding, amountFor(weeks, facts), today))

  const gathered = (dated: Dated, within: Duration | undefined, need: number): Measure =>
    within ? countedWithin(dated, daysIn(within), need, today) : counted(total(dated), need)
  const gathers = (dated: Dated, within: Duration | undefined, need: Amount) =>
    labelled(gathered(dated, within, amountFor(need, facts)))

  switch (criterion.kind) {
    case 'all':
    case 'any':
    case 'at-least': {
      const criteria = criterion.criteria.map(judgePart)
      return { kind: criterion.kind, ...labelled(together(criteria, enoughOf(criterion))), criteria }
    }
    case 'not':
      return { kind: criterion.kind, ...labelled(reversed(judgePart(criterion.criterion))) }
    case 'by-kind':
      return underLabel(criterion.label, judgePart(criterion[facts.kind]))
    case 'by-age-band':
      return underLabel(criterion.label, judgePart(criterion[facts.ageBand]))
    case 'by-track': {
      const { for: badge, tracks } = criterion
      const chosen = tracks.find(({ id }) => id === facts.tracks[badge])
      if (chosen) return underLabel(criterion.label, judgePart(chosen.criterion))
      return { kind: 'track', badge, ...labelled(counted(0, 1)) }
    }
    case 'or-earlier':
      return judgeEither(criterion, facts, today, judgePart)
    case 'course-complete':
    case 'modules-read': {
      const { kind, course } = criterion
      return { kind, course, ...counts(...modulesDone(criterion, facts, outline)) }
    }
    case 'reflections-passed':
    case 'quizzes-passed': {
      const { kind, course = null } = criterion
      return { kind, course, ...counts(...piecesPassed(criterion, facts, outline)) }
    }
    case 'replied': {
      const { kind, course = null } = criterion
      return { kind, course, ...counts(...repliesWritten(criterion, facts, outline)) }
    }
    case 'guides-completed': {
      const { kind, count, within } = criterion
      if (within) return { kind, within: daysIn(within), ...gathers(facts.guidesCompletedOn, within, count) }
      return { kind, ...counts(facts.guidesCompleted, count) }
    }
    case 'evidence': {
      const { kind, evidence, count, within } = criterion
      if (within) {
        const dated = facts.evidenceOn[evidence] ?? []
        return { kind, evidence, within: daysIn(within), ...gathers(dated, within, count) }
      }
      return { kind, evidence, ...counts(facts.evidence[evidence] ?? 0, count) }
    }
    case 'supervised-hours': {
      const { kind, evidence, hours, within } = criterion
      const minutes = gathered(facts.supervised[evidence] ?? [], within, 60 * amountFor(hours, facts))
      return { kind, evidence, ...labelled(inHours(minutes)) }
    }
    case 'assessed': {
      const { kind, checklist, count, within } = criterion
      return { kind, checklist, ...gathers(facts.assessed[checklist] ?? [], within, count) }
    }
    case 'application':
      return {
        kind: 'application',
        badge: criterion.for,
        ...counts(facts.applied.has(criterion.for) ? 1 : 0, 1),
      }
    case 'endorsements': {
      const { kind, for: badge, by, count } = criterion
      const given = by.reduce((sum, as) => sum + (facts.endorsed[badge]?.[as] ?? 0), 0)
      return { kind, badge, ...counts(given, count) }
    }
    case 'weeks-since-joining':
      return { kind: criterion.kind, ...waits({ since: facts.joinedOn, until: null }, criterion.weeks) }
    case 'weeks-holding': {
      const { kind, badge, weeks } = criterion
      return { kind, badge, ...waits(facts.holds[badge], weeks) }
    }
    case 'holds': {
      const { kind, badge } = criterion
      return { kind, badge, ...labelled(held(facts.holds[badge], today)) }
    }
  }
}

const daysIn = (duration: Duration) => milliseconds(duration) / DAY

type Group = Extract<Criterion, { kind: 'all' | 'any' | 'at-least' }>

/** How many of a group's parts it takes. */
export function enoughOf(group: Group): number {
  if (group.kind === 'at-least') return group.count
  return group.kind === 'all' ? group.criteria.length : 1
}

/** A variant's own label, if it has one, stands above its branch's. */
const underLabel = (label: string | undefined, branch: Standing): Standing =>
  label === undefined ? branch : { ...branch, label }

/** The amount that is the person's. */
export function amountFor(amount: Amount, { kind, ageBand }: Pick<Facts, 'kind' | 'ageBand'>): number {
  if (typeof amount === 'number') return amount
  return 'adult' in amount ? amount[ageBand] : amount[kind]
}
