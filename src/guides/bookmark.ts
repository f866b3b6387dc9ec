import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '../../db/client.ts'
import { guideBookmark } from '../../db/schema/guides.ts'
import type { Content } from '../authoring/content.ts'
import { found } from '../errors.ts'
import { audit } from '../record/audit.ts'

export const bookmarkInput = z.object({ guide: z.string().max(100), keep: z.enum(['yes', 'no']) })

/** Puts a bookmark on a guide, or takes it off; twice is once. @throws NotFound */
export async function bookmark(
  tx: Tx,
  content: Content,
  person: { id: number },
  { guide: id, keep }: z.output<typeof bookmarkInput>,
): Promise<void> {
  const guide = found(content.guide(id)).id
  const changed =
    keep === 'yes'
      ? await tx
          .insert(guideBookmark)
          .values({ personId: person.id, guide })
          .onConflictDoNothing()
          .returning()
      : await tx
          .delete(guideBookmark)
          .where(and(eq(guideBookmark.personId, person.id), eq(guideBookmark.guide, guide)))
          .returning()
  if (changed.length === 0) return
  await audit(tx, person, keep === 'yes' ? 'guide.bookmarked' : 'guide.bookmark_removed', { guide })
}
