import { and, eq, lt } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '../../db/client.ts'
import { guideCompletion } from '../../db/schema/guides.ts'
import type { Content } from '../authoring/content.ts'
import { found } from '../errors.ts'
import { audit } from '../record/audit.ts'

export const guideChangesInput = z.object({ guide: z.string().max(100) })

/** Notes that a person has read what changed in a guide that they had completed. @throws NotFound */
export async function readGuideChanges(
  tx: Tx,
  content: Content,
  person: { id: number },
  { guide: id }: z.output<typeof guideChangesInput>,
): Promise<void> {
  const { version } = found(content.guide(id))
  const own = and(eq(guideCompletion.personId, person.id), eq(guideCompletion.guide, id))
  const [row] = await tx
    .update(guideCompletion)
    .set({ version })
    .where(and(own, lt(guideCompletion.version, version)))
    .returning()
  if (row) await audit(tx, person, 'guide.changes_read', { guide: id, version })
}
