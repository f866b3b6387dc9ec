import type { Dated } from './days-met.ts'

/** What one person has done and been, as far as badges look at it: only what the record holds, no totals. */
export type Facts = {
  readonly kind: 'listener' | 'member'
  readonly ageBand: 'adult' | 'teen'
  /** ISO day (UTC) since when they are a listener or a member. */
  readonly joinedOn: string
  /** The badges held now. */
  readonly holds: Readonly<Record<string, Holding>>
  /** Ids of modules, as far as their reading counts today. */
  readonly modulesRead: ReadonlySet<string>
  /** Ids of modules whose reflection has been passed. */
  readonly reflectionsPassed: ReadonlySet<string>
  /** Id of a module -> how many replies to others' reflections have been written in it. */
  readonly replies: Readonly<Record<string, number>>
  /** Ids of modules whose quiz has been passed, as far as that counts today; guides' checks count as guides. */
  readonly quizzesPassed: ReadonlySet<string>
  readonly guidesCompleted: number
  /** When; empty where no badge asks for it. */
  readonly guidesCompletedOn: Dated
  /** Ids of guides. */
  readonly guidesDone: ReadonlySet<string>
  /** Ids of courses that they have finished, whatever has been added since. */
  readonly finished: ReadonlySet<string>
  /** Ids of modules that came into a course after they had finished it: nothing waits for those. */
  readonly spared: ReadonlySet<string>
  /** Badge -> the track of it that they have chosen. */
  readonly tracks: Readonly<Record<string, string>>
  /** Ids of badges for which an application of theirs is open. */
  readonly applied: ReadonlySet<string>
  /** Badge -> badge by which they are endorsed for it -> by how many people. */
  readonly endorsed: Readonly<Record<string, Readonly<Record<string, number>>>>
  /** Kind of evidence -> how much of it is confirmed. */
  readonly evidence: Readonly<Record<string, number>>
  /** The same by day, of the kinds of which some badge counts only the latest. */
  readonly evidenceOn: Readonly<Record<string, Dated>>
  /** Kind of evidence -> how many minutes of it, with a supervisor beside them, on which days. */
  readonly supervised: Readonly<Record<string, Dated>>
  /** Checklist -> how many of their sessions passed it, on which days. */
  readonly assessed: Readonly<Record<string, Dated>>
}

/** ISO days (UTC): since when a badge has been held without a break, a renewal and a suspension that was lifted being none, and the first day when it is not. */
export type Holding = { readonly since: string; readonly until: string | null }
