import { canRunProgramme } from '../../people/policy.ts'
import type { Person } from '../../people/person.ts'
import { canSeeDesk } from '../policy.ts'

/** Mentors see their own load beside the middle of all; how each one does, only whoever runs the programme. */
export const canSeeLoad = (person: Person | null): boolean => canSeeDesk(person) || canRunProgramme(person)
export const canSeeLoadOfEach = (person: Person | null): boolean => canRunProgramme(person)
