import { canModerate, type Place } from '../discussions/policy.ts'
import type { Person } from '../people/person.ts'
import { canRunProgramme } from '../people/policy.ts'

/** Asks the mentors to look at a post that they see: anybody but its author. */
export const canReport = (person: Person | null, post: { authorId: number }): boolean =>
  person !== null && person.id !== post.authorId

/** Whether there is a queue of reports for them at all. */
export const canSeeReports = (person: Person | null): boolean =>
  canRunProgramme(person) || (person?.rights.grade ?? false)

/** Reads what was reported of a post: those who look after its place, and never its author. */
export const canSeeReport = (person: Person | null, post: { authorId: number; place: Place }): boolean =>
  canModerate(person, post.place) && person?.id !== post.authorId

/** Handles the reports of a post: whoever may read them, and made none of them. */
export const canHandle = (
  person: Person | null,
  { post, open }: { post: { authorId: number; place: Place }; open: readonly { reporter: { id: number } }[] },
): boolean => canSeeReport(person, post) && open.every(({ reporter }) => reporter.id !== person?.id)
