import { type SQL, sql } from 'drizzle-orm'
import { type Db, lock, type Queryable, type Tx } from '../../db/client.ts'
import { siteFact } from '../../db/schema/record.ts'
import { audit } from '../record/audit.ts'
import type { Content } from './content.ts'
import { nameNow, type Renamed } from './renamed.ts'

const fact = 'names of content that are taken along'

/** A column in which something of the content is named. */
type Column = { readonly table: string; readonly column: 'course' | 'module' | 'guide' | 'quiz' }
type AnyColumn = { readonly table: string; readonly column: string }

/**
 * Takes along what people did when authors gave a course, a module or a guide another name: everything that the
 * database keeps under the old one, in one transaction. Instances that start at once wait for each other.
 */
export async function honourRenames(db: Db, { renamed }: Content): Promise<void> {
  const wanted = JSON.stringify([renamed.courses, renamed.modules, renamed.guides])
  if (wanted === '[{},{},{}]' || (await honoured(db)) === wanted) return
  await db.transaction(async tx => {
    await lock(tx, fact)
    if ((await honoured(tx)) === wanted) return
    // Results are never changed, but for what the thing that they are about is called.
    await tx.execute(sql`set local trellis.renaming = 'on'`)
    for (const named of await columnsNaming(tx)) await renameIn(tx, named, renamed)
    await tx
      .insert(siteFact)
      .values({ name: fact, value: wanted })
      .onConflictDoUpdate({ target: siteFact.name, set: { value: wanted } })
  })
}

async function honoured(db: Queryable): Promise<string | undefined> {
  const [row] = await db.execute<{ value: string }>(sql`select value from site_fact where name = ${fact}`)
  return row?.value
}

/** All columns that name content, found from the tables themselves: one that is added later is not forgotten. */
export const columnsNaming = async (db: Queryable): Promise<Column[]> => [
  ...(await db.execute<Column>(sql`
    select c.table_name as table, c.column_name as column
    from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.data_type = 'text'
      and c.column_name in ('course', 'module', 'guide', 'quiz')
    order by 1, 2`)),
]

/** The names in a column that are no longer what the thing is called. */
async function renameIn(tx: Tx, { table, column }: Column, renamed: Renamed): Promise<void> {
  for (const from of await namesIn(tx, { table, column })) {
    const to = newName(renamed, column, from)
    if (to === undefined) continue
    const [changed] = await tx.execute<{ moved: number; stayed: number }>(
      renamedRows(table, column, from, to),
    )
    await audit(tx, null, 'content.renamed', { in: `${table}.${column}`, from, to, ...changed })
  }
}

export async function namesIn(db: Queryable, { table, column }: AnyColumn): Promise<string[]> {
  const rows = await db.execute<{ name: string }>(
    sql`select distinct ${sql.identifier(column)} as name from ${sql.identifier(table)}
      where ${sql.identifier(column)} is not null order by 1`,
  )
  return rows.map(({ name }) => name)
}

function newName(renamed: Renamed, column: Column['column'], name: string): string | undefined {
  if (column !== 'quiz') return nameNow(renamed, column, name)
  const [, guide] = /^guides\/(.+)$/.exec(name) ?? []
  if (guide === undefined) return nameNow(renamed, 'module', name)
  const now = nameNow(renamed, 'guide', guide)
  return now && `guides/${now}`
}

/**
 * Renames row by row where the database lets it: who has already done something under the new name keeps that, and
 * the row under the old one stays as it was.
 */
const renamedRows = (table: string, column: string, from: string, to: string): SQL =>
  sql`select moved, stayed from rename_content(${table}, ${column}, ${from}, ${to})`
