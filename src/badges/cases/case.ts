import type { Queryable } from '../../../db/client.ts'
import type { Content } from '../../authoring/content.ts'
import { found } from '../../errors.ts'
import { findPerson } from '../../people/load-person.ts'
import type { Person } from '../../people/person.ts'
import { recordEntries } from '../../record/entries.ts'
import { decidedAgainst } from '../appeals/decided.ts'
import { openAppeals } from '../appeals/open-appeals.ts'
import { onFile } from '../applying/on-file.ts'
import { trackOf } from '../choose-track.ts'
import { proposalOn } from '../overrides/proposals.ts'
import { canDecide } from '../policy.ts'
import { standingOf } from '../standing-of.ts'
import { anotherAdmin } from './another-admin.ts'
import { concernsAbout } from './concerns.ts'
import { sourcesOf } from './sources.ts'

/**
 * All that an admin looks at before they decide on a person and a badge: a dozen statements, whatever there is.
 * @throws NotFound, Forbidden
 */
export async function caseOf(
  db: Queryable,
  content: Content,
  admin: Person,
  handle: string,
  badgeId: string,
) {
  const badge = found(content.badge(badgeId))
  const person = found(await findPerson(db, { handle }))
  const about = { personId: person.id, badge: badge.id }
  const mayDecide = canDecide(admin, person)
  const [standing, track, file, sources, concerns, history, proposal, [appeal], decided, another] =
    await Promise.all([
      standingOf(db, content, person.id, badge),
      badge.tracks.length > 0 ? trackOf(db, person.id, badge.id) : null,
      onFile(db, admin, person.id, badge),
      sourcesOf(db, admin, person.id),
      concernsAbout(db, admin, [person.id]),
      recordEntries(db, admin, { person: person.id }),
      proposalOn(db, admin, about),
      // Nobody reads here what is decided about themselves.
      mayDecide ? openAppeals(db, admin, about) : [],
      decidedAgainst(db, admin, about),
      anotherAdmin(db, [admin.id, person.id]),
    ])
  return {
    ...{ badge, person, mayDecide, standing, track, file, sources, proposal, decided, another },
    concerns: concerns.get(person.id) ?? [],
    entries: history.entries,
    appeal: appeal ?? null,
    held: person.badges.includes(badge.id),
  }
}
export type CaseFile = Awaited<ReturnType<typeof caseOf>>
