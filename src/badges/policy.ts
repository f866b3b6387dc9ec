import type { Person } from '../people/person.ts'
import { canRunProgramme } from '../people/policy.ts'

/** Admins grant, decline and revoke, and never for themselves: another admin has to. */
export const canDecide = (admin: Person | null, person: { id: number }): boolean =>
  canRunProgramme(admin) && admin?.id !== person.id

/** A person's standings, certificates and duties are for them and the admins. */
export const canSeeStanding = (viewer: Person | null, person: { id: number }): boolean =>
  viewer?.id === person.id || canRunProgramme(viewer)
