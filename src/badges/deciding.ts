import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Tx } from '../../db/client.ts'
import { certificate } from '../../db/schema/badges.ts'
import type { Content } from '../authoring/content.ts'
import { ensure, found } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { lockRecord } from '../record/lock.ts'
import type { Badge } from './badge.ts'
import type { Facts } from './facts.ts'
import { canDecide } from './policy.ts'
import { contentInForce } from './rules/load-rules.ts'
import { underTheirRules } from './rules/under-their-rules.ts'
import type { Standing } from './standing.ts'
import { factsOf, standingOn } from './standing-of.ts'

/** A badge held now. */
export type Certificate = typeof certificate.$inferSelect

/** Everything a decision rests on. */
export interface Case {
  badge: Badge
  facts: Facts
  standing: Standing
  /** The certificate that has not ended, if there is one. */
  current: Certificate | null
}

export interface Question {
  personId: number
  badge: string
}

/**
 * Opens the case of a person and a badge for a decision: one at a time, and with their facts held still until it is
 * made.
 * @param admin null where the site or the operator's command line decides
 * @throws Forbidden when the admin may not decide on this person; NotFound
 */
export async function openCase(
  tx: Tx,
  content: Content,
  admin: Person | null,
  question: Question,
): Promise<Case> {
  ensure(admin === null || canDecide(admin, { id: question.personId }), 'Another admin has to decide this.')
  found(content.badge(question.badge))
  await lockRecord(tx)
  await tx.execute(sql`select from person where id = ${question.personId} for no key update`)
  const now = await contentInForce(tx, content)
  const facts = await factsOf(tx, now, question.personId)
  const badge = underTheirRules(now, found(now.badge(question.badge)), facts)
  const current = await currentCertificate(tx, question)
  return { badge, facts, standing: standingOn(now, badge, facts), current }
}

async function currentCertificate(tx: Tx, { personId, badge }: Question): Promise<Certificate | null> {
  const [row] = await tx
    .select()
    .from(certificate)
    .where(and(eq(certificate.personId, personId), eq(certificate.badge, badge), isNull(certificate.endedAt)))
  return row ?? null
}
