import type { Person } from '../../people/person.ts'

/** Whether they see how alike a course's mentors mark: whoever may grade, and the admins. */
export const canSeeAgreement = (person: Person | null): boolean =>
  person !== null && (person.rights.grade || person.rights.admin)

/** Whether they see how one mentor marks beside others: a mentor their own, an admin everybody's. */
export const canSeeAgreementOf = (person: Person | null, mentorId: number): boolean =>
  person !== null && (person.rights.admin || (person.rights.grade && person.id === mentorId))
