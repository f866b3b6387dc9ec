import { type MentoredCohort, mentorsCohort } from '../courses/policy.ts'
import type { Person } from '../people/person.ts'

/**
 * Why somebody does not mark a try, though they mentor its cohort: it is their own, their buddy's, of a cohort they
 * study in, or they have marked it already in another role.
 */
export type Barred = 'own' | 'buddy' | 'studies' | 'marked'

/** The same, as it is said to them. */
export const barredWords: Record<Barred, string> = {
  own: 'Nobody grades their own reflection.',
  buddy: 'You and its author are buddies, so somebody else grades this one.',
  studies: 'You are taking this course in the same cohort, so somebody else grades here.',
  marked: 'You have marked this reflection already, so somebody else reads it now.',
}

/** What decides who may grade a reflection. */
export interface Gradable extends MentoredCohort {
  barred: Barred | null
}

/** Whether there is a desk of reflections for them at all. */
export const canSeeDesk = (person: Person | null): boolean => person?.rights.grade ?? false

/** A mentor grades in the cohorts they mentor, and nothing that they are too near to. */
export const canGrade = (person: Person | null, marking: Gradable): boolean =>
  mentorsCohort(person, marking) && marking.barred === null
