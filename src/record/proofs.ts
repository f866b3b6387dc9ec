import { sql } from 'drizzle-orm'
import type { Queryable } from '../../db/client.ts'
import { Conflict, NotFound } from '../errors.ts'
import { latestHead, type SignedHead } from './heads.ts'
import type { EntryLine, WithheldLine } from './log/export.ts'
import type { Place } from './log/growing-tree.ts'
import { makeProof, planConsistency, planInclusion, type ProofPlan } from './log/proofs.ts'
import { type EntryRow, leafBySaying, publicLine, rowsWhere } from './rows.ts'
import { treeOf } from './tree.ts'

/** That an entry is in the record under a head, for anybody to check (RFC 9162, 2.1.3). Hashes are hexadecimal. */
export interface InclusionProof {
  /** What anybody may read of it. */
  line: EntryLine | WithheldLine
  /** Its place among the leaves, from 0. */
  index: number
  leaf: string
  path: string[]
  /** The leaf that it has by what it says here, of which not all may be told; null where too much was erased. */
  bySaying: string | null
}

/** Of how many entries a tree is, the root over them, and the signed head that says so, if there is one of this size. */
export interface Tree {
  size: number
  root: string
  head: SignedHead | null
}

/** The most entries that are proved at once: a certificate renewed every year for a lifetime has fewer. */
const most = 100

/**
 * Proofs for all entries on a certificate, in their order, under the latest signed head.
 * @throws NotFound for a code that the record does not know; Conflict while no signed head covers it
 */
export async function proveCertificate(
  db: Queryable,
  code: string,
): Promise<{ tree: Tree; proofs: InclusionProof[] }> {
  const rows = /^[\w-]{1,100}$/.test(code) ? await rowsWhere(db, sql`e.certificate_code = ${code}`, most) : []
  if (rows.length === 0) throw new NotFound('The record has no certificate with this code.')
  const head = await headNow(db)
  const covered = rows.filter(({ seq }) => Number(seq) <= head.size)
  if (covered.length === 0) throw new Conflict(notYet)
  return { tree: { ...head, head }, proofs: await prove(db, covered, head.size) }
}

/**
 * A proof for one entry in the tree of the first `size` entries; by default that of the latest signed head.
 * @throws NotFound for an entry that is not there; Conflict while no signed head covers it
 */
export async function proveEntry(
  db: Queryable,
  seq: number,
  size?: number,
): Promise<{ tree: Tree; proofs: InclusionProof[] }> {
  const rows = await rowsWhere(db, sql`e.seq = ${seq}`, 1)
  if (rows.length === 0) throw new NotFound(`The record has no entry ${seq}.`)
  const tree = await treeAt(db, size)
  if (seq > tree.size)
    throw new Conflict(size === undefined ? notYet : `Entry ${seq} comes after the first ${size}.`)
  return { tree, proofs: await prove(db, rows, tree.size) }
}

const notYet = 'This is so new that it is not under a signed head yet. Please ask again in a minute.'

/**
 * That the record of `to` entries begins with the record of `from`, unchanged (RFC 9162, 2.1.4).
 * @param to by default that of the latest signed head
 * @throws Conflict where there are not so many entries under a signed head
 */
export async function proveConsistency(
  db: Queryable,
  from: number,
  to?: number,
): Promise<{ from: Tree; to: Tree; path: string[] }> {
  const [earlier, later] = [await treeAt(db, from), await treeAt(db, to)]
  if (earlier.size > later.size)
    throw new Conflict('The first of the two can’t have more entries than the second.')
  const [path] = await proofsOf(db, [planConsistency(earlier.size, later.size)])
  return { from: earlier, to: later, path: path! }
}

/** Only what is signed is proved: what comes after may be asked for when it is. */
async function treeAt(db: Queryable, size?: number): Promise<Tree> {
  const latest = await headNow(db)
  if (size === undefined || size === latest.size) return { ...latest, head: latest }
  if (size > latest.size) throw new Conflict(`The latest signed head covers ${latest.size} entries.`)
  const root = (await treeOf(db, size)).root().toString('hex')
  return { size, root, head: await headOf(db, size) }
}

async function headNow(db: Queryable): Promise<SignedHead> {
  const head = await latestHead(db)
  if (!head) throw new Conflict('Nothing of the record is signed yet. Please ask again in a minute.')
  return head
}

const headOf = async (db: Queryable, size: number): Promise<SignedHead | null> =>
  (await db.query.treeHead.findFirst({
    where: (head, { eq }) => eq(head.size, size),
    orderBy: (head, { desc }) => desc(head.id),
  })) ?? null

async function prove(db: Queryable, rows: readonly EntryRow[], size: number): Promise<InclusionProof[]> {
  const paths = await proofsOf(
    db,
    rows.map(({ seq }) => planInclusion(Number(seq) - 1, size)),
  )
  return rows.map((row, nth) => ({
    ...{ line: publicLine(row), index: Number(row.seq) - 1 },
    ...{ leaf: row.leaf ?? '', path: paths[nth]!, bySaying: leafBySaying(row)?.toString('hex') ?? null },
  }))
}

/** The hashes of proofs, with one statement for all nodes of all of them. */
async function proofsOf(db: Queryable, plans: readonly ProofPlan[]): Promise<string[][]> {
  const places = plans.flat(2)
  const rows = await db.execute<{ level: number; index: string; hash: string }>(sql`
    select level, index, hash from record_node where (level, index) in (select * from unnest(
      ${sql.param(places.map(({ level }) => level))}::smallint[],
      ${sql.param(places.map(({ index }) => index))}::bigint[]))`)
  const known = new Map(rows.map(({ level, index, hash }) => [`${level} ${index}`, hash]))
  const hashOf = ({ level, index }: Place) => Buffer.from(known.get(`${level} ${index}`) ?? '', 'hex')
  return plans.map(plan => makeProof(plan, hashOf).map(hash => hash.toString('hex')))
}
