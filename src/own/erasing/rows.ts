import { sql } from 'drizzle-orm'
import type { Tx } from '../../../db/client.ts'
import { type Hand, holdings } from '../holdings.ts'

/** Does with every row what `holdings` says becomes of it, but for what has a file of its own. */
export async function eraseRows(tx: Tx, personId: number): Promise<void> {
  for (const [table, { people }] of Object.entries(holdings))
    for (const [column, hand] of Object.entries(people)) {
      const where = whoseRows(column, hand, personId)
      if (hand.leaving.row === 'goes') await tx.execute(sql.raw(`delete from ${table} where ${where}`))
      if (hand.leaving.row === 'stays' && hand.leaving.set && Object.keys(hand.leaving.set).length > 0)
        await tx.execute(sql.raw(`update ${table} set ${assigned(hand.leaving.set)} where ${where}`))
    }
}

const assigned = (set: Readonly<Record<string, string>>) =>
  Object.entries(set)
    .map(([column, value]) => `${column} = ${value}`)
    .join(', ')

/** Which rows of a table lead to a person by this column, in SQL. */
export const whoseRows = (column: string, { through }: Hand, personId: number): string =>
  through === undefined
    ? `${column} = ${personId}`
    : `${column} in (${through.replaceAll('$', String(personId))})`
