import type { Person } from '../people/person.ts'

/** Whether there is a desk of logs for them: admins, and whoever may grade. */
export const canSeeLogs = (person: Person | null): boolean =>
  person !== null && (person.rights.admin || person.rights.grade)

/**
 * Confirms or declines what people log of their practice: admins for anybody, mentors for those they mentor and for
 * anybody who learns at their own pace; nobody for themselves.
 */
export const canDecide = (person: Person | null, log: { personId: number; mentored: boolean }): boolean =>
  person !== null &&
  person.id !== log.personId &&
  (person.rights.admin || (person.rights.grade && log.mentored))
