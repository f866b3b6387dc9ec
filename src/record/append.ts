import { desc } from 'drizzle-orm'
import { lock, type Tx } from '../../db/client.ts'
import { recordEntry } from '../../db/schema/record.ts'
import { genesis, hashOf, type RecordEntry } from './entry.ts'

/** Lets one decision on a badge be made at a time, until the transaction ends. */
export const lockRecord = (tx: Tx) => lock(tx, 'certification-record')

/** What a decision says; the rest of an entry is made here. */
export type NewEntry = Omit<RecordEntry, 'seq' | 'previousHash' | 'hash'>

/** Adds a decision to the certification record, chained to the one before it. */
export async function appendEntry(tx: Tx, entry: NewEntry): Promise<RecordEntry> {
  await lockRecord(tx)
  const [last] = await tx
    .select({ seq: recordEntry.seq, hash: recordEntry.hash })
    .from(recordEntry)
    .orderBy(desc(recordEntry.seq))
    .limit(1)
  const said = {
    ...entry,
    reason: entry.reason.toWellFormed(),
    criteria: asKept(entry.criteria),
    standing: asKept(entry.standing),
    seq: (last?.seq ?? 0) + 1,
    previousHash: last?.hash ?? genesis,
  }
  const [added] = await tx
    .insert(recordEntry)
    .values({ ...said, hash: hashOf(said) })
    .returning()
  return added!
}

/** As the database will give it back: without what is undefined. */
const asKept = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
