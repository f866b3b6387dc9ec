import type { Person } from '../people/person.ts'

/** Whether there is a desk of logs for them: admins, and whoever may grade. */
export const canSeeLogs = (person: Person | null): boolean =>
  person !== null && (person.rights.admin || person.rights.grade)

/**
 * Confirms or declines what people log of their practice: admins for anybody, mentors for those they mentor and for
 * anybody who learns at their own pace; nobody for themselves. Where somebody is named who stood by, it is theirs to say
 * and no other mentor's.
 */
export const canDecide = (
  person: Person | null,
  log: { personId: number; mentored: boolean; supervisorId: number | null },
): boolean => {
  if (person === null || person.id === log.personId) return false
  if (person.rights.admin || person.id === log.supervisorId) return true
  return log.supervisorId === null && person.rights.grade && log.mentored
}
