import type { Person } from '../../people/person.ts'

/** Calibrates: whoever may grade, and nobody else knows that there is such a thing. */
export const canCalibrate = (person: Person | null): boolean => person?.rights.grade ?? false
