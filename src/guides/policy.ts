import type { Person } from '../people/person.ts'
import { canRunProgramme } from '../people/policy.ts'

/** What a viewer is to somebody, as far as it matters to guides. */
export type Nearness = {
  readonly personId: number
  /** The viewer mentors a cohort that they are in. */
  readonly mentored: boolean
  /** The two are buddies. */
  readonly buddies: boolean
}

/** Sees which guides somebody has completed: their mentors, and who runs the programme. */
export const canSeeGuides = (viewer: Person | null, { mentored }: Nearness): boolean =>
  viewer !== null && (mentored || canRunProgramme(viewer))

/** Vouches for somebody: a mentor of theirs, and never for themselves or their buddy. */
export const canVouch = (viewer: Person | null, { personId, mentored, buddies }: Nearness): boolean =>
  viewer !== null && viewer.rights.grade && viewer.id !== personId && mentored && !buddies

/** Takes a mentor's word back: that mentor, or who runs the programme; never the person it was given for. */
export const canRevokeVouch = (
  viewer: Person | null,
  { mentorId, personId }: { mentorId: number; personId: number },
): boolean => viewer !== null && viewer.id !== personId && (viewer.id === mentorId || canRunProgramme(viewer))
