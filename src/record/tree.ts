import { sql } from 'drizzle-orm'
import type { Db, Queryable, Tx } from '../../db/client.ts'
import { lockRecord } from './lock.ts'
import { GrowingTree, type Node, peaksOf } from './log/growing-tree.ts'
import { batch, leafBySaying, rowsAfter } from './rows.ts'

/**
 * The tree over the first `size` entries, from one row for each bit set in that number.
 * @param size whose nodes the database has
 */
export async function treeOf(db: Queryable, size: number): Promise<GrowingTree> {
  const rows = await db.execute<{ hash: string }>(sql`
    select hash from record_node where (level, index) in (
      select k, (${size}::bigint >> k) - 1 from generate_series(0, 52) k where (${size}::bigint >> k) & 1 = 1
    ) order by level`)
  const peaks = rows.map(({ hash }) => Buffer.from(hash, 'hex'))
  if (peaks.length !== peaksOf(size).length) throw new Error(`The tree has not grown to ${size} entries.`)
  return new GrowingTree(size, peaks)
}

/** Nodes as rows to insert: `select … from ${nodeRows(nodes)}`. */
export const nodeRows = (nodes: readonly Node[]) => sql`unnest(
  ${sql.param(nodes.map(({ level }) => level))}::smallint[],
  ${sql.param(nodes.map(({ index }) => index))}::bigint[],
  ${sql.param(nodes.map(({ hash }) => hash.toString('hex')))}::text[])`

/**
 * Grows the tree to where the record is, for entries that are older than it. Does nothing where it is there.
 * @returns how many leaves were added
 */
export async function growTree(tx: Tx): Promise<number> {
  await lockRecord(tx)
  const from = await leaves(tx)
  const tree = await treeOf(tx, from)
  for (;;) {
    const rows = await rowsAfter(tx, tree.size)
    const nodes: Node[] = []
    for (const row of rows) nodes.push(...tree.append(leafBySaying(row)!))
    if (nodes.length > 0)
      await tx.execute(sql`insert into record_node (level, index, hash) select * from ${nodeRows(nodes)}`)
    if (rows.length < batch) return tree.size - from
  }
}

/** Grows the tree, where a record was begun before there was one. */
export async function growTreeWhereBehind(db: Db): Promise<number> {
  const [row] = await db.execute<{ behind: boolean }>(
    sql`select exists (select from record_entry e where not exists (
      select from record_node n where n.level = 0 and n.index = e.seq - 1) order by seq desc limit 1) as behind`,
  )
  return row!.behind ? db.transaction(growTree) : 0
}

const leaves = async (tx: Tx): Promise<number> => {
  const [row] = await tx.execute<{ count: string }>(
    sql`select coalesce(max(index) + 1, 0) as count from record_node where level = 0`,
  )
  return Number(row!.count)
}
