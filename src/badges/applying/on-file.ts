import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Queryable } from '../../../db/client.ts'
import { application, endorsement } from '../../../db/schema/badges.ts'
import { person } from '../../../db/schema/people.ts'
import { ensure } from '../../errors.ts'
import type { Person } from '../../people/person.ts'
import type { Badge } from '../badge.ts'
import { applicationAsked, endorsersAsked } from '../criterion.ts'
import { canSeeStanding } from '../policy.ts'
import { type Asked, openAsks } from './ask.ts'

/** What is on file for a person who wants a badge: their application, those who speak for them, and those they asked to. */
export interface OnFile {
  application: { statement: string; at: Date } | null
  endorsements: { handle: string; displayName: string; asBadge: string; words: string; at: Date }[]
  asked: Asked[]
}

/** Nothing is looked up for a badge that asks for neither. @throws Forbidden for anybody but the person and the admins */
export async function onFile(
  db: Queryable,
  viewer: Person,
  personId: number,
  { id: badge, criteria }: Badge,
): Promise<OnFile> {
  ensure(canSeeStanding(viewer, { id: personId }))
  const [[applied], endorsements, asked] = await Promise.all([
    applicationAsked(criteria) ? openApplication(db, personId, badge) : [],
    endorsersAsked(criteria).length > 0 ? endorsementsOf(db, personId, badge) : [],
    endorsersAsked(criteria).length > 0 ? openAsks(db, personId, badge) : [],
  ])
  return { application: applied ?? null, endorsements, asked }
}

const openApplication = (db: Queryable, personId: number, badge: string) =>
  db
    .select({ statement: application.statement, at: application.at })
    .from(application)
    .where(and(eq(application.personId, personId), eq(application.badge, badge), isNull(application.endedAt)))

const endorsementsOf = (db: Queryable, personId: number, badge: string) =>
  db
    .select({
      handle: person.handle,
      displayName: person.displayName,
      asBadge: endorsement.asBadge,
      words: endorsement.words,
      at: endorsement.at,
    })
    .from(endorsement)
    .innerJoin(person, eq(person.id, endorsement.byId))
    .where(
      and(eq(endorsement.personId, personId), eq(endorsement.badge, badge), isNull(endorsement.withdrawnAt)),
    )
    .orderBy(asc(endorsement.id))

/** What the viewer has said for a person, by badge. */
export async function ownEndorsements(
  db: Queryable,
  viewer: Person,
  personId: number,
): Promise<Map<string, string>> {
  const rows = await db
    .select({ badge: endorsement.badge, words: endorsement.words })
    .from(endorsement)
    .where(
      and(
        eq(endorsement.personId, personId),
        eq(endorsement.byId, viewer.id),
        isNull(endorsement.withdrawnAt),
      ),
    )
  return new Map(rows.map(({ badge, words }) => [badge, words]))
}
