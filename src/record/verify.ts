import { sql } from 'drizzle-orm'
import type { Db, Queryable, Tx } from '../../db/client.ts'
import { firstDisagreement } from './agreement.ts'
import { entriesWithHeads, notesAfter, signers } from './export.ts'
import { Broken, Chain } from './log/check-entries.ts'
import { Heads } from './log/check-heads.ts'
import { genesis } from './log/entry.ts'
import { Erasures } from './log/erasures.ts'
import type { Node } from './log/growing-tree.ts'
import type { VerifierKey } from './log/note.ts'
import { type EntryRow, fullLine } from './rows.ts'
import { ownKeys } from './signer.ts'

/** What came of checking the record. `head` is the root over all entries: noted down elsewhere, it proves the whole. */
export type Verification =
  | {
      ok: true
      entries: number
      head: string
      /** How many signed heads there are, and how many entries the last of them covers. */
      heads: number
      signed: number
      /** Of how many entries something was erased. */
      erased: number
    }
  | { ok: false; entries: number; seq: number | null; size: number | null; problem: string }

const often = 1000

/**
 * Checks the certification record from its first entry: the chain, what is kept apart of each entry, the tree with
 * every node that is kept of it, every signed head, and that certificates say the same.
 * @param told is called after each thousand entries with how many have been checked
 * @param keys those that may have signed; by default those of this site
 * @returns the first entry or head that is broken, and what is wrong with it; both are null where it is neither
 */
export async function verifyRecord(
  db: Db | Tx,
  told: (entries: number) => void = () => {},
  keys?: readonly VerifierKey[],
): Promise<Verification> {
  const check = async (tx: Queryable) => verify(tx, told, keys ?? ownKeys((await signers(tx)).keys))
  // As it stands at one moment: an erasure meanwhile would look like meddling.
  return '$client' in db
    ? db.transaction(check, { isolationLevel: 'repeatable read', accessMode: 'read only' })
    : check(db)
}

async function verify(
  db: Queryable,
  told: (entries: number) => void,
  keys: readonly VerifierKey[],
): Promise<Verification> {
  const erasures = new Erasures()
  const [chain, heads, nodes] = [new Chain(erasures), new Heads(keys), new KeptNodes(db)]
  // An old entry of which something was erased is bound by the tree, and its hash by the entry after it.
  let last = genesis
  try {
    for await (const { row, notes } of entriesWithHeads(db)) {
      const leaf = chain.take(fullLine(row))
      if (row.previous_hash !== last)
        throw new Broken('It does not follow from the entry before it.', { entry: chain.length })
      last = row.hash
      ensurePointers(row)
      await nodes.compare(heads.grow(leaf), chain.length)
      for (const note of notes) heads.take(note)
      if (chain.length % often === 0) told(chain.length)
    }
    if (chain.length % often !== 0) told(chain.length)
    await nodes.end()
    for (const note of await notesAfter(db, chain.length)) heads.take(note)
    const missing = erasures.firstDisagreement()
    if (missing) throw new Broken(missing.problem, { entry: missing.entry })
  } catch (error) {
    if (!(error instanceof Broken)) throw error
    return broken(chain.length, error.message, error.entry, error.head)
  }
  const disagreement = await firstDisagreement(db)
  if (disagreement) return broken(chain.length, disagreement.problem, disagreement.seq)
  return {
    ...{ ok: true, entries: chain.length, head: heads.root.toString('hex') },
    ...{ heads: heads.count, signed: heads.latest?.size ?? 0, erased: erasures.entries },
  }
}

const broken = (entries: number, problem: string, seq: number | null, size: number | null = null) => ({
  ...{ ok: false as const, entries, seq, size, problem },
})

/** The pointers by which pages join must lead to whom the entry names. @throws Broken */
function ensurePointers({ seq, person_id, actor_id, disclosures }: EntryRow): void {
  for (const [part, pointer] of [
    ['holder', person_id],
    ['actor', actor_id],
  ] as const) {
    const said = disclosures?.[part]?.[1] ?? null
    if (said !== (pointer === null ? null : Number(pointer)))
      throw new Broken(`Its ${part} is not the one that was written.`, { entry: Number(seq) })
  }
}

/** The nodes that the database keeps, read along with the entries and compared with what the entries come to. */
class KeptNodes {
  readonly #db: Queryable
  #kept = new Map<string, string>()
  #read = 0
  #seen = 0

  constructor(db: Queryable) {
    this.#db = db
  }

  /** @param nodes those that are complete with entry `seq` @throws Broken */
  async compare(nodes: readonly Node[], seq: number): Promise<void> {
    if (seq > this.#read) await this.#readOn()
    for (const { level, index, hash } of nodes)
      if (this.#kept.get(`${level} ${index}`) !== hash.toString('hex'))
        throw new Broken('The tree over the entries is not kept as they are: a node of it differs.', {
          entry: seq,
        })
    this.#seen += nodes.length
  }

  /** Those that the next thousand entries complete. */
  async #readOn(): Promise<void> {
    const to = this.#read + often
    const rows = await this.#db.execute<{ level: number; index: string; hash: string }>(sql`
      select n.* from generate_series(0, 52) k join record_node n
        on n.level = k and n.index >= (${this.#read}::bigint >> k) and n.index < (${to}::bigint >> k)`)
    this.#kept = new Map(rows.map(({ level, index, hash }) => [`${level} ${index}`, hash]))
    this.#read = to
  }

  /** @throws Broken where nodes are left over */
  async end(): Promise<void> {
    const [row] = await this.#db.execute<{ count: string }>(sql`select count(*) from record_node`)
    if (Number(row!.count) !== this.#seen)
      throw new Broken('The tree over the entries has nodes of entries that are not there.')
  }
}
