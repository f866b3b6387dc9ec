import { type SQL, sql } from 'drizzle-orm'
import type { Queryable } from '../../../db/client.ts'
import { type Hand, type Holding, holdings } from '../holdings.ts'
import { whoseRows } from '../erasing/rows.ts'

/** Anything that JSON can say, by names in our words. */
export type Row = Readonly<Record<string, unknown>>

/** A part of somebody's copy: what it is, and its rows. */
export interface Part {
  /** Its name in `data.json`. */
  name: string
  title: string
  /** What it holds, in a sentence. */
  says: string
  rows: readonly Row[]
}

/** All that `holdings` tells a person of, table by table, the parts that have nothing in them included. */
export async function copiedRows(db: Queryable, personId: number): Promise<Part[]> {
  const parts: Part[] = []
  for (const [table, holding] of Object.entries(holdings))
    for (const [column, hand] of Object.entries(holding.people)) {
      if ('not' in hand.told) continue
      const rows = await db.execute<{ row: Row }>(rowsOf(table, holding, column, hand, personId))
      const { title, says } = hand.told
      parts.push({ name: nameOf(title), title, says, rows: rows.map(({ row }) => inOurWords(row)) })
    }
  return parts
}

/** “Modules read” is `modules-read`. */
const nameOf = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')

/**
 * The rows as JSON, with moments in ISO 8601. Columns that lead to people are left out: one's own says nothing, and who
 * the others are is told only where the site tells it too.
 */
function rowsOf(table: string, holding: Holding, column: string, hand: Hand, personId: number): SQL {
  const names = 'names' in hand.told ? (hand.told.names ?? []) : []
  const pointers = Object.entries(holding.people).filter(
    ([name, one]) => one.through === undefined && name !== 'id',
  )
  const left = [...pointers.map(([name]) => name), ...Object.keys(holding.untold ?? {})]
  const added = [
    ...names.map(name => [
      name.replace(/_id$/, ''),
      `(select '@' || p.handle from person p where p.id = t.${name})`,
    ]),
    ...Object.entries(holding.also ?? {}),
  ].map(([name, value]) => `'${name}', ${value}`)
  return sql.raw(`
    select (to_jsonb(t) - array[${left.map(name => `'${name}'`).join(', ')}]::text[])
      || jsonb_build_object(${added.join(', ')}) as row
    from ${table} t where ${whoseRows(`t.${column}`, hand, personId)}
    order by coalesce(to_jsonb(t) ->> 'at', to_jsonb(t) ->> 'created_at', to_jsonb(t) ->> 'updated_at'), t.ctid`)
}

/** Names as JavaScript writes them, moments in UTC. */
export const inOurWords = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      typeof value === 'string' && moment.test(value) ? new Date(value).toISOString() : value,
    ]),
  )

const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d$/
