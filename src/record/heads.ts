import { desc, sql } from 'drizzle-orm'
import { type Db, lock, type Queryable, type Tx } from '../../db/client.ts'
import { recordEntry, treeHead } from '../../db/schema/record.ts'
import { headInWords } from './log/head.ts'
import { keyInWords, noteOf, readKey, verifierKey } from './log/note.ts'
import type { Signer } from './signer.ts'
import { treeOf } from './tree.ts'

/** A signed head, as the site keeps it. */
export type SignedHead = typeof treeHead.$inferSelect

/** The last head that was signed, or null while none was. */
export async function latestHead(db: Queryable): Promise<SignedHead | null> {
  const [head] = await db.select().from(treeHead).orderBy(desc(treeHead.id)).limit(1)
  return head ?? null
}

/**
 * Signs the head of the record, if there is anything new since the last one, or another key signs now. The signed
 * note has the form of c2sp.org/tlog-checkpoint, so that whoever watches logs can watch ours.
 * @returns the latest head, or null for a record without entries
 * @throws Error rather than sign what does not extend what was signed before
 */
export const signHead = (db: Db, signer: Signer): Promise<SignedHead | null> =>
  db.transaction(async tx => {
    await lock(tx, 'record-head')
    const last = await latestHead(tx)
    const size = await entries(tx)
    const key = verifierKey(signer.origin, signer.publicKey)
    if (size === 0 || (last?.size === size && readKey(last.key)?.bytes.equals(key.bytes))) return last

    const root = (await treeOf(tx, size)).root()
    await ensureExtends(tx, last, size)
    const text = headInWords({ origin: signer.origin, size, root })
    const note = noteOf(text, key, signer.sign(Buffer.from(text)))
    const [head] = await tx
      .insert(treeHead)
      .values({ size, root: root.toString('hex'), key: keyInWords(key), note })
      .returning()
    return head!
  })

const entries = async (tx: Tx): Promise<number> => {
  const [row] = await tx.select({ size: sql<string>`coalesce(max(${recordEntry.seq}), 0)` }).from(recordEntry)
  return Number(row!.size)
}

/** A log that has signed two histories has proved to everybody that it lies; ours stops before. */
async function ensureExtends(tx: Tx, last: SignedHead | null, size: number): Promise<void> {
  if (!last) return
  const same = last.size <= size && (await treeOf(tx, last.size)).root().toString('hex') === last.root
  if (!same)
    throw new Error(
      `The record does not extend its head of ${last.size} entries, which was signed already. Nothing was signed.`,
    )
}
