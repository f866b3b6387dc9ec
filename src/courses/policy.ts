import type { Person } from '../people/person.ts'

/** A cohort, or with null the whole community, as far as it matters who mentors it. */
export type MentoredCohort = { cohortId: number | null; selfPaced: boolean }

/**
 * Mentors a cohort: by assignment or because it is self-paced, and only while they hold the right to grade. The whole
 * community is in the care of all who hold it.
 */
export const mentorsCohort = (person: Person | null, { cohortId, selfPaced }: MentoredCohort): boolean =>
  person !== null &&
  person.rights.grade &&
  (selfPaced || cohortId === null || person.cohortsMentored.includes(cohortId))

/** Reads any module at any time: whoever mentors others, and the admins. Trainees do what it builds on first. */
export const canReadAhead = (person: Person | null): boolean =>
  person !== null && (person.rights.grade || person.rights.admin)
