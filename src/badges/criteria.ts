import type { Amount, Criterion } from './criterion.ts'
import { modulesDone, piecesPassed, repliesWritten } from './coursework.ts'
import type { Facts } from './facts.ts'
import { labelFor } from './label.ts'
import { counted, together, waited, type Measure } from './measure.ts'
import type { Outline } from './outline.ts'
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
  })
  const counts = (have: number, need: Amount) => labelled(counted(have, amountFor(need, facts)))
  const waits = (since: string | undefined, weeks: Amount) =>
    labelled(waited(since, amountFor(weeks, facts), today))

  switch (criterion.kind) {
    case 'all':
    case 'any': {
      const criteria = criterion.criteria.map(judgePart)
      return { kind: criterion.kind, ...labelled(together(criterion.kind, criteria)), criteria }
    }
    case 'by-kind':
      return underLabel(criterion.label, judgePart(criterion[facts.kind]))
    case 'by-age-band':
      return underLabel(criterion.label, judgePart(criterion[facts.ageBand]))
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
    case 'guides-completed':
      return { kind: criterion.kind, ...counts(facts.guidesCompleted, criterion.count) }
    case 'evidence': {
      const { kind, evidence, count } = criterion
      return { kind, evidence, ...counts(facts.evidence[evidence] ?? 0, count) }
    }
    case 'weeks-since-joining':
      return { kind: criterion.kind, ...waits(facts.joinedOn, criterion.weeks) }
    case 'weeks-holding': {
      const { kind, badge, weeks } = criterion
      return { kind, badge, ...waits(facts.holds[badge], weeks) }
    }
    case 'holds': {
      const { kind, badge } = criterion
      return { kind, badge, ...counts(facts.holds[badge] === undefined ? 0 : 1, 1) }
    }
  }
}

/** A variant's own label, if it has one, stands above its branch's. */
const underLabel = (label: string | undefined, branch: Standing): Standing =>
  label === undefined ? branch : { ...branch, label }

/** The amount that is the person's. */
export function amountFor(amount: Amount, { kind, ageBand }: Pick<Facts, 'kind' | 'ageBand'>): number {
  if (typeof amount === 'number') return amount
  return 'adult' in amount ? amount[ageBand] : amount[kind]
}
