import { and, eq } from 'drizzle-orm'
import type { Tx } from '../../../db/client.ts'
import { reading } from '../../../db/schema/courses.ts'
import { type dispute, factCorrection } from '../../../db/schema/disputes.ts'
import { guideCompletion } from '../../../db/schema/guides.ts'
import type { Content } from '../../authoring/content.ts'
import { Invalid } from '../../errors.ts'
import { revokeVouch } from '../../guides/vouch.ts'
import type { Person } from '../../people/person.ts'

type Open = typeof dispute.$inferSelect
type Asked = { fact?: string | undefined; answer: string }
type Was = { version: number; at: string }[]
type Corrected = { change: 'added' | 'voided'; guide?: string; module?: string }

const choose = () => new Invalid({ fact: 'Please choose what to add or to take out.' })

/** @throws Invalid */
function factOf({ fact = '' }: Asked): { change: Corrected['change']; id: string } {
  const [how, id] = [fact.slice(0, fact.indexOf(':')), fact.slice(fact.indexOf(':') + 1)]
  if ((how !== 'add' && how !== 'void') || !id) throw choose()
  return { change: how === 'add' ? 'added' : 'voided', id }
}

/**
 * Completes a guide for somebody, or takes a completion out; how it was is kept. A mentor's word that it stood on is taken
 * back with it.
 * @throws Invalid where there is nothing to add or to take out
 */
export async function correctGuide(
  tx: Tx,
  content: Content,
  admin: Person,
  open: Open,
  asked: Asked,
): Promise<Corrected> {
  const { change, id: guide } = factOf(asked)
  const { personId } = open
  const own = and(eq(guideCompletion.personId, personId), eq(guideCompletion.guide, guide))
  if (change === 'added') {
    const known = content.guide(guide)
    const row = known && { personId, guide, version: known.version }
    const [made] = row ? await tx.insert(guideCompletion).values(row).onConflictDoNothing().returning() : []
    if (!made) throw choose()
    return keep(tx, admin, open, { guide, change, was: [] })
  }
  const [gone] = await tx.select().from(guideCompletion).where(own).for('update')
  if (!gone) throw choose()
  if (gone.vouchId !== null)
    await revokeVouch(tx, content, admin, { vouch: gone.vouchId, reason: asked.answer })
  else await tx.delete(guideCompletion).where(own)
  // The word that was taken back tells of itself.
  const was = gone.vouchId === null ? [{ version: gone.version, at: gone.at.toISOString() }] : []
  return keep(tx, admin, open, { guide, change, was })
}

/** Notes for somebody that they have read a module of the course, or takes their readings of it out. @throws Invalid */
export async function correctReading(
  tx: Tx,
  content: Content,
  admin: Person,
  open: Open,
  asked: Asked,
): Promise<Corrected> {
  const { change, id: module } = factOf(asked)
  const { personId, course } = open
  if (!module.startsWith(`${course}/`)) throw choose()
  if (change === 'added') {
    const known = content.module(module)
    const row = known && { personId, module, version: known.version, confirmed: true }
    const [made] = row ? await tx.insert(reading).values(row).onConflictDoNothing().returning() : []
    if (!made) throw choose()
    return keep(tx, admin, open, { module, change, was: [] })
  }
  const gone = await tx
    .delete(reading)
    .where(and(eq(reading.personId, personId), eq(reading.module, module)))
    .returning()
  if (gone.length === 0) throw choose()
  const was = gone.map(({ version, at }) => ({ version, at: at.toISOString() }))
  return keep(tx, admin, open, { module, change, was })
}

async function keep(
  tx: Tx,
  admin: Person,
  { id: disputeId, personId }: Open,
  { was, ...corrected }: Corrected & { was: Was },
): Promise<Corrected> {
  await tx.insert(factCorrection).values({ disputeId, personId, ...corrected, was, byId: admin.id })
  return corrected
}
