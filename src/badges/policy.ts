import type { Person } from '../people/person.ts'
import { canRunProgramme } from '../people/policy.ts'
import type { Badge } from './badge.ts'
import { applicationAsked, badgesBelow, endorsersAsked } from './criterion.ts'

/** Admins grant, decline and revoke, and never for themselves: another admin has to. */
export const canDecide = (admin: Person | null, person: { id: number }): boolean =>
  canRunProgramme(admin) && admin?.id !== person.id

/** One renews a badge oneself where it says what that takes, and nobody has to judge anything. */
export const canRenewOwn = (person: Person | null, holder: { id: number }, { renewal }: Badge): boolean =>
  person !== null && person.id === holder.id && renewal !== undefined
/** An appeal is answered by an admin who did not make the decision that it is about. */
export const canAnswerAppeal = (
  admin: Person | null,
  { personId, decidedBy }: { personId: number; decidedBy: { id: number } | null },
): boolean => canDecide(admin, { id: personId }) && decidedBy?.id !== admin?.id

/** One applies for a badge that takes applications, until one holds it. */
export const canApply = (person: Person | null, { id, criteria }: Badge): boolean =>
  person !== null && !person.badges.includes(id) && applicationAsked(criteria) !== undefined

/**
 * The badge by which somebody may endorse a person for another one: the first that its criteria name and they hold.
 * Nobody endorses themselves, or somebody who holds the badge already or none of those that it builds on.
 */
export function endorsesAs(endorser: Person, person: Person, { id, criteria }: Badge): string | undefined {
  if (endorser.id === person.id || person.badges.includes(id)) return undefined
  const below = badgesBelow(criteria)
  if (below.length > 0 && !below.some(one => person.badges.includes(one))) return undefined
  return endorsersAsked(criteria).find(as => endorser.badges.includes(as))
}

/** A person's standings, certificates and duties are for them and the admins. */
export const canSeeStanding = (viewer: Person | null, person: { id: number }): boolean =>
  viewer?.id === person.id || canRunProgramme(viewer)
