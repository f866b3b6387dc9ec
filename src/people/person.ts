/** What a badge can unlock on this site itself. Rooms of the community are unlocked in words only. */
export type Right = 'grade'

/** A person as the site knows them while it serves them: who they are and what they hold at this moment. */
export interface Person {
  id: number
  handle: string
  displayName: string
  kind: 'listener' | 'member'
  ageBand: 'adult' | 'teen'
  timeZone: string
  /** ISO date. */
  joinedOn: string
  /** Badges held today, by id. */
  badges: readonly string[]
  /** Ids of the cohorts they mentor by assignment. */
  cohortsMentored: readonly number[]
  rights: { admin: boolean; grade: boolean }
}

/** `@handle`, as people are named on screen. */
export const at = (person: { handle: string }) => `@${person.handle}`
