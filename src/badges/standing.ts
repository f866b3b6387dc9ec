import type { DaysMet } from './days-met.ts'

/** How one person measures against one criterion. It is plain data, kept as it stood in the certification record. */
export type Standing = {
  /** The criterion in words, for the trainee. */
  readonly label: string
  /** What they have; it may be more than it takes. */
  readonly have: number
  /** What it takes. */
  readonly need: number
  readonly met: boolean
  /** The days on which it is met if nothing but time passes. */
  readonly metOn: DaysMet
  /** ISO day (UTC) since when it is met, or from when it will be; null when time alone will not do. */
  readonly metFrom: string | null
  /** ISO day (UTC) from which it is met no longer unless something is done; null where it stays met, or is not. */
  readonly metUntil: string | null
} & (
  | { readonly kind: 'all' | 'any' | 'at-least'; readonly criteria: readonly Standing[] }
  | { readonly kind: 'not' }
  | { readonly kind: 'course-complete' | 'modules-read'; readonly course: string }
  | { readonly kind: 'reflections-passed' | 'quizzes-passed' | 'replied'; readonly course: string | null }
  | { readonly kind: 'weeks-since-joining' }
  /** `within`: only so many of the last days count. */
  | { readonly kind: 'guides-completed'; readonly within?: number }
  | { readonly kind: 'evidence'; readonly evidence: string; readonly within?: number }
  | { readonly kind: 'supervised-hours'; readonly evidence: string }
  | { readonly kind: 'assessed'; readonly checklist: string }
  | { readonly kind: 'track'; readonly badge: string }
  | { readonly kind: 'weeks-holding' | 'holds' | 'application' | 'endorsements'; readonly badge: string }
)

/** A standing that has no parts of its own. */
export type Leaf = Exclude<Standing, { criteria: unknown }>

/** How far along it is, from 0 to 1; more than enough is enough. */
export const progress = ({ have, need }: Pick<Standing, 'have' | 'need'>) =>
  need === 0 ? 1 : Math.min(have, need) / need

/** The criteria as a list: those of a top-level `all`, or the one there is. */
export const criteriaOf = (standing: Standing): readonly Standing[] =>
  standing.kind === 'all' ? standing.criteria : [standing]

/** What is missing, in words: the criteria without parts that are not met. */
export const unmetIn = (standing: Standing): string[] =>
  standing.met ? [] : 'criteria' in standing ? standing.criteria.flatMap(unmetIn) : [standing.label]

/** All that has no parts of its own, in order. */
export const leavesOf = (standing: Standing): Leaf[] =>
  'criteria' in standing ? standing.criteria.flatMap(leavesOf) : [standing]

/** A person's standing on a badge, as the command line and the API tell it. */
export const standingToJson = (person: string, badge: string, standing: Standing) => ({
  person,
  badge,
  met: standing.met,
  metFrom: standing.metFrom,
  metUntil: standing.metUntil,
  criteria: criteriaOf(standing),
})
