import { eq } from 'drizzle-orm'
import type { Queryable } from '../../db/client.ts'
import { guideCompletion } from '../../db/schema/guides.ts'

/** The guides that a person has completed, by id, with the moment; nobody signed in has none. */
export async function completionsOf(
  db: Queryable,
  person: { id: number } | null,
): Promise<Map<string, Date>> {
  if (!person) return new Map()
  const rows = await db
    .select({ guide: guideCompletion.guide, at: guideCompletion.at })
    .from(guideCompletion)
    .where(eq(guideCompletion.personId, person.id))
  return new Map(rows.map(({ guide, at }) => [guide, at]))
}
