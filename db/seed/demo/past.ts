import { sql } from 'drizzle-orm'
import type { Tx } from '../../client.ts'

interface Column extends Record<string, unknown> {
  table: string
  columns: string[]
}

/**
 * Runs `story` in a past of its own: what the verbs stamp with the present is moved, by the database, to the moment
 * that `at` was told last. Nobody else sees the triggers that do it: they come and go within the transaction.
 * Moments that a verb was given, and so lie in the past already, stay as they are.
 */
export async function inThePast(
  tx: Tx,
  story: (at: (moment: Date) => Promise<unknown>) => Promise<void>,
): Promise<void> {
  await tx.execute(sql`create schema demo_past`)
  for (const { table, columns } of await tablesWithMoments(tx)) await move(tx, table, columns)
  await story(moment => tx.execute(sql`select set_config('demo.at', ${moment.toISOString()}, true)`))
  await tx.execute(sql`drop schema demo_past cascade`)
}

const tablesWithMoments = (tx: Tx) =>
  tx.execute<Column>(sql`
    select table_name as table, array_agg(column_name::text order by ordinal_position) as columns
    from information_schema.columns join information_schema.tables using (table_schema, table_name)
    where table_schema = 'public' and table_type = 'BASE TABLE' and data_type = 'timestamp with time zone'
    group by table_name order by table_name`)

/**
 * `now()` is the same throughout a transaction, so whatever is not before it was stamped by a clock. Columns keep
 * milliseconds, and may have rounded it down.
 */
async function move(tx: Tx, table: string, columns: string[]): Promise<void> {
  const moves = columns.map(
    column => `
      if new."${column}" >= date_trunc('milliseconds', now()) and (tg_op = 'INSERT' or new."${column}" is distinct from old."${column}") then
        new."${column}" := new."${column}" - (now() - current_setting('demo.at')::timestamptz);
      end if;`,
  )
  await tx.execute(
    sql.raw(`
      create function demo_past."${table}"() returns trigger language plpgsql as $$
      begin ${moves.join('')}
        return new;
      end $$`),
  )
  await tx.execute(
    sql.raw(`
      create trigger demo_past before insert or update on "${table}"
        for each row execute function demo_past."${table}"()`),
  )
}
