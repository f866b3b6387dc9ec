import { createReadStream, createWriteStream } from 'node:fs'
import { rename } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { PassThrough, Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import type postgres from 'postgres'
import { Conflict } from '../src/errors.ts'
import journal from './migrations/meta/_journal.json' with { type: 'json' }

/*
 * A backup is a gzipped text: a line of JSON that says of which version it is, then for each table a line of JSON
 * and its rows as PostgreSQL's COPY writes them, closed by `\.`. It needs no program of PostgreSQL's, can be read
 * by eye, and goes into any newer PostgreSQL.
 */

interface Head {
  trellis: 'backup'
  /** The newest migration of the tables in it. */
  migration: number
}

interface Table {
  table: string
  columns: string[]
}

const newest = Math.max(...journal.entries.map(entry => entry.when))
const end = '\\.'

/**
 * Writes all tables to `file`, as they stood at one moment; the site may go on meanwhile.
 * @returns how many rows there were, by table
 */
export async function backUp(sql: postgres.Sql, file: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  const draft = `${file}.part`
  await sql.begin('isolation level repeatable read read only', async tx => {
    const lines = Readable.from(allLines(tx, counts))
    await pipeline(lines, createGzip(), createWriteStream(draft, { mode: 0o600 }))
  })
  // A backup that was cut short must not look like one.
  await rename(draft, file)
  return counts
}

async function* allLines(
  tx: postgres.TransactionSql,
  counts: Record<string, number>,
): AsyncGenerator<string | Buffer> {
  yield line({ trellis: 'backup', migration: newest } satisfies Head)
  for (const { table, columns } of await tablesInOrder(tx)) {
    yield line({ table, columns } satisfies Table)
    const [row] = await tx<{ count: number }[]>`select count(*)::int as count from ${tx(table)}`
    counts[table] = row?.count ?? 0
    const rows = await tx`copy ${tx(table)} (${tx(columns)}) to stdout`.readable()
    yield* rows as AsyncIterable<Buffer>
    // The driver lets its socket rest while rows wait to be read, and forgets to wake it where the last of them came
    // together with the end: the next statement would never be answered.
    rows._read(0)
    yield `${end}\n`
  }
}

const line = (value: Head | Table) => `${JSON.stringify(value)}\n`

/** Every table with its columns but for generated ones, those that others refer to first. */
async function tablesInOrder(sql: postgres.Sql | postgres.TransactionSql): Promise<Table[]> {
  const tables = await sql<Table[]>`
    select table_name as table, array_agg(column_name::text order by ordinal_position) as columns
    from information_schema.columns where table_schema = 'public' and is_generated = 'NEVER' group by table_name order by table_name`
  const references = await sql<{ from: string; to: string }[]>`
    select conrelid::regclass::text as "from", confrelid::regclass::text as "to" from pg_constraint
    where contype = 'f' and connamespace = 'public'::regnamespace and conrelid <> confrelid`
  const ordered: Table[] = []
  const place = (table: Table) => {
    if (ordered.includes(table)) return
    for (const { from, to } of references)
      if (from === table.table) place(tables.find(one => one.table === to) ?? table)
    ordered.push(table)
  }
  tables.forEach(place)
  return ordered
}

/**
 * Reads a backup into a database that is migrated and has nobody in it, in one transaction.
 * @returns how many rows there were, by table
 * @throws Conflict when there are people in it already, or the file is not a backup of this version
 */
export async function restore(sql: postgres.Sql, file: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  await sql.begin(async tx => {
    await ensureEmpty(tx)
    const text = createReadStream(file).pipe(createGunzip())
    const lines = createInterface({ input: text, crlfDelay: Infinity })[Symbol.asyncIterator]()
    ensureOurs(await nextLine(lines))
    for (let header = await nextLine(lines); header !== undefined; header = await nextLine(lines)) {
      const table = JSON.parse(header) as Table
      counts[table.table] = await readRows(tx, table, lines)
    }
    await continueCounting(tx)
  })
  return counts
}

async function ensureEmpty(tx: postgres.TransactionSql): Promise<void> {
  const [person] = await tx`select from person limit 1`
  if (person) throw new Conflict('There are people in this database already. Restore into an empty one.')
  // What the site itself puts into an empty database comes from the backup instead.
  await tx`delete from cohort`
  await tx`delete from invitation`
  await tx`delete from site_fact`
  await tx`delete from search_page`
  await tx`delete from search_word`
}

function ensureOurs(header: string | undefined): void {
  const head = readHead(header)
  if (head?.trellis !== 'backup') throw new Conflict('This file is not a backup of Trellis.')
  if (head.migration !== newest)
    throw new Conflict(
      'This backup is of another version of Trellis. Restore it with that version, then update.',
    )
}

function readHead(header: string | undefined): Partial<Head> | null {
  try {
    return JSON.parse(header ?? '') as Partial<Head>
  } catch {
    return null
  }
}

type Lines = AsyncIterator<string, undefined>

async function nextLine(lines: Lines): Promise<string | undefined> {
  const next: IteratorResult<string, undefined> = await lines.next()
  return next.value
}

async function readRows(
  tx: postgres.TransactionSql,
  { table, columns }: Table,
  lines: Lines,
): Promise<number> {
  let count = 0
  const rows = new PassThrough()
  const target = await tx`copy ${tx(table)} (${tx(columns)}) from stdin`.writable()
  const feeding = (async () => {
    for (let row = await nextLine(lines); row !== end; row = await nextLine(lines)) {
      if (row === undefined) throw new Conflict(`This backup is cut short, in the rows of ${table}.`)
      count++
      if (!rows.write(`${row}\n`)) await new Promise(resume => rows.once('drain', resume))
    }
    rows.end()
  })().catch((error: unknown) => rows.destroy(error as Error))
  await pipeline(rows, target)
  await feeding
  return count
}

/** Identity columns go on counting after the highest that came in. */
async function continueCounting(tx: postgres.TransactionSql): Promise<void> {
  const columns = await tx<{ table: string; column: string }[]>`
    select table_name as table, column_name as column from information_schema.columns
    where table_schema = 'public' and is_identity = 'YES'`
  for (const { table, column } of columns)
    await tx`select setval(pg_get_serial_sequence(${table}, ${column}), coalesce(max(${tx(column)}), 0) + 1, false) from ${tx(table)}`
}
