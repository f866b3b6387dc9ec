import { type MentoredCohort, mentorsCohort } from '../courses/policy.ts'
import type { Person } from '../people/person.ts'

/** What decides who may grade a reflection. */
export interface Gradable extends MentoredCohort {
  authorId: number
  /** The person who asks is a trainee of the same cohort, with work of their own to pass. */
  besideMentor: boolean
}

/** Whether there is a desk of reflections for them at all. */
export const canSeeDesk = (person: Person | null): boolean => person?.rights.grade ?? false

/** A mentor grades in the cohorts they mentor, never themselves, and nobody they are learning beside. */
export const canGrade = (person: Person | null, reflection: Gradable): boolean =>
  mentorsCohort(person, reflection) && person?.id !== reflection.authorId && !reflection.besideMentor
