import type { Person } from '../../people/person.ts'
import { canSeeDesk } from '../policy.ts'

/** Whoever grades keeps words for another time, and uses what others share. */
export const canKeepComments = (person: Person | null): boolean => canSeeDesk(person)

/** Only its owner changes, shares or removes a comment; anybody else makes a copy of their own. */
export const canChangeComment = (person: Person | null, comment: { ownerId: number }): boolean =>
  canKeepComments(person) && person?.id === comment.ownerId
