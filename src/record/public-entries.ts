import type { Queryable } from '../../db/client.ts'
import type { EntryLine, WithheldLine } from './log/export.ts'
import { publicLine, rowsAfter } from './rows.ts'

/** What anybody may read of the entries from `from` on, as a public export has them. */
export async function publicEntries(
  db: Queryable,
  from: number,
  limit: number,
): Promise<(EntryLine | WithheldLine)[]> {
  const rows = await rowsAfter(db, from - 1, limit)
  return rows.map(publicLine)
}
