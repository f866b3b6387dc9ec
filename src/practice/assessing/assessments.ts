import { and, desc, eq } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Queryable } from '../../../db/client.ts'
import { person } from '../../../db/schema/people.ts'
import { assessment } from '../../../db/schema/practice.ts'
import { ensure, found } from '../../errors.ts'
import type { Person } from '../../people/person.ts'
import { canSeeAssessment, canSeeAssessments } from './policy.ts'

const assessor = alias(person, 'assessor')

/** At most so many on a page; the older ones are reached from nowhere, and stay on file. */
const most = 50

const inShort = {
  id: assessment.id,
  checklist: assessment.checklist,
  occurredOn: assessment.occurredOn,
  place: assessment.place,
  passed: assessment.passed,
  withdrawnAt: assessment.withdrawnAt,
  by: assessor.handle,
}

/** The practice sessions of a person that were assessed, the latest first. @throws Forbidden */
export async function assessmentsOf(db: Queryable, viewer: Person, personId: number, checklist?: string) {
  ensure(canSeeAssessments(viewer, { id: personId }))
  return db
    .select(inShort)
    .from(assessment)
    .innerJoin(assessor, eq(assessor.id, assessment.assessorId))
    .where(
      and(
        eq(assessment.personId, personId),
        checklist === undefined ? undefined : eq(assessment.checklist, checklist),
      ),
    )
    .orderBy(desc(assessment.id))
    .limit(most)
}
export type AssessmentInShort = Awaited<ReturnType<typeof assessmentsOf>>[number]

/** One of them, whole. @throws NotFound where there is none that the viewer may see */
export async function assessmentById(db: Queryable, viewer: Person, id: number) {
  const [row] = await db
    .select({
      ...inShort,
      personId: assessment.personId,
      assessorId: assessment.assessorId,
      asBadge: assessment.asBadge,
      items: assessment.items,
      enough: assessment.enough,
      words: assessment.words,
      at: assessment.at,
      handle: person.handle,
      displayName: person.displayName,
      ageBand: person.ageBand,
      assessorName: assessor.displayName,
    })
    .from(assessment)
    .innerJoin(person, eq(person.id, assessment.personId))
    .innerJoin(assessor, eq(assessor.id, assessment.assessorId))
    .where(eq(assessment.id, id))
  return found(row && canSeeAssessment(viewer, row) ? row : null)
}
