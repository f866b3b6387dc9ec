import { sql } from 'drizzle-orm'
import type { Queryable } from '../../../db/client.ts'
import type { Content } from '../../authoring/content.ts'
import { ensure, found } from '../../errors.ts'
import type { Person } from '../../people/person.ts'
import type { Entry } from '../../record/entries.ts'
import { judge } from '../criteria.ts'
import type { Criterion } from '../criterion.ts'
import { loadFacts } from '../load-facts.ts'
import { canSeeStanding } from '../policy.ts'
import { leavesOf, type Standing } from '../standing.ts'

/** Something that was decided about a person and a badge. */
export interface Decided {
  seq: number
  kind: Entry['kind']
  at: Date
}

/** What the record has decided of a person and a badge, the latest first. @throws Forbidden */
export async function decisionsOn(
  db: Queryable,
  viewer: Person,
  { personId, badge }: { personId: number; badge: string },
): Promise<Decided[]> {
  ensure(canSeeStanding(viewer, { id: personId }))
  const rows = await db.execute<{ seq: string; kind: Decided['kind']; at: string }>(sql`
    select seq, kind, at from record_entry where person_id = ${personId} and badge = ${badge}
    order by seq desc limit 20`)
  return rows.map(({ seq, kind, at }) => ({ seq: Number(seq), kind, at: new Date(at) }))
}

/** A decision as it was made, and as the facts tell it again. */
export interface ToldAgain extends Decided {
  /** As the record keeps it. */
  kept: Standing
  /** By the same criteria and the facts as the record had them then. */
  again: Standing
  /** What one says otherwise than the other, by its label; none where they agree. */
  differs: string[]
}

interface Row extends Record<string, unknown> {
  kind: Decided['kind']
  at: string
  criterion: Criterion | null
  kept: Standing | null
}

/**
 * Holds what a decision stood on against the facts: by the criteria that it was made under, before the moment when it
 * was made.
 * @returns null where the record keeps no standing with it, or keeps it no more
 * @throws Forbidden; NotFound where there is no such decision about them
 */
export async function toldAgain(
  db: Queryable,
  content: Content,
  viewer: Person,
  { personId, badge, seq }: { personId: number; badge: string; seq: number },
): Promise<ToldAgain | null> {
  ensure(canSeeStanding(viewer, { id: personId }))
  const [row] = await db.execute<Row>(sql`
    select r.kind, r.at, r.criteria -> 'criteria' as criterion, d.value as kept
    from record_entry r left join record_disclosure d on d.seq = r.seq and d.name = 'standing'
    where r.seq = ${seq} and r.person_id = ${personId} and r.badge = ${badge}`)
  const { kind, at: moment, criterion, kept } = found(row)
  if (!criterion || !kept) return null
  const at = new Date(moment)
  const facts = found((await loadFacts(db, content, [personId], { asOf: at })).get(personId))
  const again = judge(criterion, facts, at.toISOString().slice(0, 10), content.outline)
  return { seq, kind, at, kept, again, differs: differences(kept, again) }
}

/** The labels of what two standings on the same criteria measure otherwise. */
function differences(kept: Standing, again: Standing): string[] {
  const [one, other] = [leavesOf(kept), leavesOf(again)]
  return [...new Set([...one, ...other].flatMap(leaf => [leaf.label]))].filter(label => {
    const measured = (leaves: readonly Standing[]) =>
      leaves.filter(leaf => leaf.label === label).map(({ have, need, met }) => `${have}/${need}/${met}`)
    return measured(one).join() !== measured(other).join()
  })
}
