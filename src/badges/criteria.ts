import type { Amount, Criterion } from './criterion.ts'
import { plusDays, weeksBetween } from './day.ts'
import type { Facts } from './facts.ts'
import { labelFor } from './label.ts'
import type { ModuleOutline, Outline } from './outline.ts'
import { ALWAYS, type Standing } from './standing.ts'

type Measure = Pick<Standing, 'have' | 'need' | 'met' | 'metFrom'>
type OfModules = Extract<Criterion, { kind: 'reflections-passed' | 'quizzes-passed' }>

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
      const done = kind === 'modules-read' ? isRead : isComplete
      const modules = modulesOf(course, outline)
      return {
        kind,
        course,
        ...counts(modules.filter(module => done(module, facts)).length, atLeastOne(modules)),
      }
    }
    case 'reflections-passed':
    case 'quizzes-passed': {
      const { kind, course = null } = criterion
      return { kind, course, ...counts(...passed(criterion, facts, outline)) }
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
function amountFor(amount: Amount, { kind, ageBand }: Facts): number {
  if (typeof amount === 'number') return amount
  return 'adult' in amount ? amount[ageBand] : amount[kind]
}

const counted = (have: number, need: number): Measure => {
  const met = have >= need
  return { have, need, met, metFrom: met ? ALWAYS : null }
}

/** Met on the day that is `weeks` weeks after `since`, not before and not a day later. */
function waited(since: string | undefined, weeks: number, today: string): Measure {
  if (since === undefined) return { have: 0, need: weeks, met: false, metFrom: null }
  const metFrom = plusDays(since, 7 * weeks)
  return { have: weeksBetween(since, today), need: weeks, met: metFrom <= today, metFrom }
}

/** All are met when the last of them is, any when the first is. */
function together(kind: 'all' | 'any', parts: readonly Standing[]): Measure {
  const have = parts.filter(part => part.met).length
  const need = kind === 'all' ? parts.length : 1
  const days = parts
    .map(part => part.metFrom)
    .filter(day => day !== null)
    .toSorted()
  const metFrom = kind === 'any' ? days[0] : days.length === parts.length ? days.at(-1) : undefined
  return { have, need, met: have >= need, metFrom: metFrom ?? null }
}

const modulesOf = (course: string, outline: Outline) => outline.courses.get(course)?.modules ?? []

const isRead = ({ id }: ModuleOutline, facts: Facts) => facts.modulesRead.has(id)

/** Read, and its reflection and its quiz passed where it has them. */
const isComplete = ({ id, reflection, quiz }: ModuleOutline, facts: Facts) =>
  facts.modulesRead.has(id) &&
  (!reflection || facts.reflectionsPassed.has(id)) &&
  (!quiz || facts.quizzesPassed.has(id))

/** How many reflections or quizzes are passed, of the course or of all, and how many it takes. */
function passed({ kind, course, count }: OfModules, facts: Facts, outline: Outline): [number, Amount] {
  const ids = kind === 'reflections-passed' ? facts.reflectionsPassed : facts.quizzesPassed
  if (course === undefined) return [ids.size, count ?? 1]
  const asked = modulesOf(course, outline).filter(kind === 'reflections-passed' ? asksReflection : asksQuiz)
  return [asked.filter(({ id }) => ids.has(id)).length, count ?? atLeastOne(asked)]
}

const asksReflection = ({ reflection }: ModuleOutline) => reflection
const asksQuiz = ({ quiz }: ModuleOutline) => quiz

/** A course that has vanished, or has nothing to pass, is never passed by having done nothing. */
const atLeastOne = (things: readonly unknown[]) => Math.max(1, things.length)
