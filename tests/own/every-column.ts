import { sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'

export interface Column {
  table: string
  column: string
  /** Whether it holds words, or data in which there may be some. */
  wordy: boolean
  /** Whether it is a foreign key to `person`. */
  person: boolean
}

/** Every column of every table of ours, as the database itself knows them. */
export async function everyColumn(db: Db): Promise<Column[]> {
  const rows = await db.execute<{ table: string; column: string; type: string; person: boolean }>(sql`
    select c.relname as table, a.attname as column, format_type(a.atttypid, null) as type,
      exists (select from pg_constraint k where k.contype = 'f' and k.conrelid = c.oid
        and k.confrelid = 'person'::regclass and a.attnum = any(k.conkey)) as person
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
    order by 1, a.attnum`)
  return rows.map(({ type, ...row }) => ({
    ...row,
    wordy: /^(text|character|json|bytea|uuid|tsvector)/.test(type) || type.endsWith('[]'),
  }))
}

/** Every row of every table, the queue of letters among them, as text. */
export async function everything(db: Db): Promise<{ table: string; row: string }[]> {
  const tables = await db.execute<{ name: string }>(sql`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname in ('public', 'pgboss') order by 1`)
  const all = []
  for (const { name } of tables) {
    const rows = await db.execute<{ row: string }>(sql.raw(`select to_jsonb(t)::text as row from ${name} t`))
    all.push(...rows.map(({ row }) => ({ table: name.replace('public.', ''), row })))
  }
  return all
}
