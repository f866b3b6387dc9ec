import { NotFound, signedIn } from '../errors.ts'
import type { Person } from './person.ts'

/** Runs the programme: people, cohorts, certification, tokens, the record. */
export const canRunProgramme = (person: Person | null): boolean => person?.rights.admin ?? false

/** Nobody takes their own key away: an admin is dismissed, or an account suspended, by somebody else. */
export const canSuspend = (admin: Person | null, other: { id: number }): boolean =>
  canRunProgramme(admin) && admin?.id !== other.id

/** Whose page may be seen by anybody who has the link: never a teen's, whatever they would like. */
export const canBePublic = (person: { ageBand: Person['ageBand'] }): boolean => person.ageBand === 'adult'

/** The admin at this request. Nobody else learns that the page is there. @throws SignedOut, NotFound */
export function adminAt(locals: { person: Person | null }): Person {
  const person = signedIn(locals)
  if (!canRunProgramme(person)) throw new NotFound()
  return person
}
