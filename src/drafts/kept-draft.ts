import { sql } from 'drizzle-orm'
import { hot, type Queryable } from '../../db/client.ts'
import type { Person } from '../people/person.ts'

/** Words that a person has typed before, on whichever device, and how long ago (ms). */
export type KeptDraft = { words: string; ago: number }

/** A person's own draft of this name, or null. */
export async function keptDraft(db: Queryable, person: Person, name: string): Promise<KeptDraft | null> {
  const [row] = await hot<{ words: string; ago: string }>(
    db,
    sql`
      select words, greatest(0, floor(extract(epoch from now() - updated_at) * 1000))::bigint as ago
      from draft where person_id = ${person.id} and name = ${name}`,
  )
  return row ? { words: row.words, ago: Number(row.ago) } : null
}
