import { sql } from 'drizzle-orm'
import type { Db, Queryable } from '../../db/client.ts'
import { canonical } from './log/entry.ts'
import type { Line } from './log/export.ts'
import { batch, fullLine, publicLine, rowsAfter } from './rows.ts'

/**
 * Writes the record as it stands at one moment, as `log/export.ts` says, a batch at a time.
 * @param origin whose it is, where nothing is signed that says so
 * @param write takes each line, and is waited for
 * @returns how many entries and signed heads there were
 */
export const exportRecord = (
  db: Db,
  { origin, onlyPublic = false }: { origin: string; onlyPublic?: boolean },
  write: (line: string) => Promise<void> | void,
): Promise<{ entries: number; heads: number }> =>
  db.transaction(
    async tx => {
      const say = (line: Line) => write(`${canonical(line)}\n`)
      const { keys, last } = await signers(tx)
      await say({ trellis: 'record', version: 1, origin: last ?? origin, keys, public: onlyPublic })
      let [entries, heads] = [0, 0]
      for await (const { row, notes } of entriesWithHeads(tx)) {
        await say(onlyPublic ? publicLine(row) : fullLine(row))
        for (const head of notes) await say({ head })
        entries++
        heads += notes.length
      }
      // Heads of more than there is: whoever reads this is to see that the end is missing.
      for (const head of await notesAfter(tx, entries)) {
        await say({ head })
        heads++
      }
      await say({ end: true, entries, heads })
      return { entries, heads }
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  )

/** The keys that signed heads, in the order in which they first did, and the name of the last one. */
export async function signers(db: Queryable): Promise<{ keys: string[]; last: string | undefined }> {
  const rows = await db.execute<{ key: string; latest: boolean }>(sql`
    select key, max(id) = (select max(id) from tree_head) as latest from tree_head group by key order by min(id)`)
  const keys = rows.map(({ key }) => key)
  return { keys, last: rows.find(({ latest }) => latest)?.key.split('+')[0] }
}

/** Every entry in its order, with the notes of the heads that end with it. */
export async function* entriesWithHeads(db: Queryable) {
  for (let last = 0; ;) {
    const rows = await rowsAfter(db, last)
    const notes = await notesBetween(db, last, Number(rows.at(-1)?.seq ?? last))
    for (const row of rows) yield { row, notes: notes.get(Number(row.seq)) ?? [] }
    if (rows.length < batch) return
    last = Number(rows.at(-1)!.seq)
  }
}

async function notesBetween(db: Queryable, after: number, to: number): Promise<Map<number, string[]>> {
  const heads = await db.execute<{ size: string; note: string }>(
    sql`select size, note from tree_head where size > ${after} and size <= ${to} order by id`,
  )
  const notes = new Map<number, string[]>()
  for (const { size, note } of heads) notes.set(Number(size), [...(notes.get(Number(size)) ?? []), note])
  return notes
}

/** The notes of heads that cover more than `size` entries. */
export async function notesAfter(db: Queryable, size: number): Promise<string[]> {
  const heads = await db.execute<{ note: string }>(
    sql`select note from tree_head where size > ${size} order by id`,
  )
  return heads.map(({ note }) => note)
}
