import { mentorsCohort } from '../courses/policy.ts'
import type { Place } from '../discussions/policy.ts'
import type { Person } from '../people/person.ts'
import { canRunProgramme } from '../people/policy.ts'

/** Starts a poll or a check-in on a board: the mentors of its place, and in the whole community the admins as well. */
export const canAsk = (person: Person | null, place: Place): boolean =>
  mentorsCohort(person, place) || (place.cohortId === null && canRunProgramme(person))
