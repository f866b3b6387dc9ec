import type { Person } from './person.ts'

/** Runs the programme: people, cohorts, certification, tokens, the record. */
export const canRunProgramme = (person: Person | null): boolean => person?.rights.admin ?? false

/** Nobody takes their own key away: an admin is dismissed, or an account suspended, by somebody else. */
export const canSuspend = (admin: Person | null, other: { id: number }): boolean =>
  canRunProgramme(admin) && admin?.id !== other.id
