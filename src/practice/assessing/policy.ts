import type { Person } from '../../people/person.ts'
import { canRunProgramme } from '../../people/policy.ts'
import type { Checklist } from '../checklist.ts'

/**
 * The badge by which somebody may assess another person by a checklist: the first that it names and they hold. Nobody
 * assesses themselves.
 */
export const assessesAs = (
  assessor: Person | null,
  person: { id: number },
  { assessors }: Pick<Checklist, 'assessors'>,
): string | undefined =>
  assessor === null || assessor.id === person.id
    ? undefined
    : assessors.find(badge => assessor.badges.includes(badge))

/** An assessment is for the two whom it is between, and for the admins. */
export const canSeeAssessment = (
  viewer: Person | null,
  { personId, assessorId }: { personId: number; assessorId: number },
): boolean =>
  viewer !== null && (viewer.id === personId || viewer.id === assessorId || canRunProgramme(viewer))

/** What a person has been assessed in is theirs and the admins' to see. */
export const canSeeAssessments = (viewer: Person | null, person: { id: number }): boolean =>
  viewer?.id === person.id || canRunProgramme(viewer)
