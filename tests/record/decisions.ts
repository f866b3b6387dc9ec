import { randomBytes } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { Db, Tx } from '../../db/client.ts'
import { certificate } from '../../db/schema/badges.ts'
import { appendEntry } from '../../src/record/append.ts'
import { exportRecord } from '../../src/record/export.ts'
import { signHead } from '../../src/record/heads.ts'
import { siteSigner } from '../../src/record/signer.ts'

/** What a badge was when it was decided on; with what canonical JSON has to get right. */
const criteria = {
  title: { adult: 'Mentor “é”', teen: '🌱' },
  expiresOn: null,
  b: [1, 2.5, 1e21, -0],
  a: 'é\u2028',
}

/**
 * Decides so many times on people, in turn: every fifth decision is a refusal, every fifth a revocation of the
 * grant before it. @returns the codes of the certificates, in their order
 */
export async function decide(
  db: Db | Tx,
  people: readonly { id: number }[],
  actor: { id: number } | null,
  count: number,
): Promise<string[]> {
  const codes: string[] = []
  await db.transaction(async tx => {
    for (let nth = 0; nth < count; nth++) {
      const personId = people[nth % people.length]!.id
      const at = new Date(Date.UTC(2026, 0, 1) + nth)
      const said = {
        ...{ personId, actorId: actor?.id ?? null, override: nth % 3 === 0, criteria, at },
        ...{ reason: `Because ☀️ “so”, ${nth}.`, standing: { met: true, have: nth, need: 4 } },
      }
      if (nth % 5 === 3)
        await appendEntry(tx, { ...said, kind: 'decline', certificateCode: null, badge: 'badge-0' })
      else if (nth % 5 === 4) await revoke(tx, said, codes.at(-1)!)
      else codes.push(await grant(tx, { ...said, badge: `badge-${badges++}` }))
    }
  })
  return codes
}

/** Nobody is granted the same badge twice. */
let badges = 0

type Said = Omit<Parameters<typeof appendEntry>[1], 'kind' | 'certificateCode' | 'badge'>

async function grant(tx: Tx, said: Said & { badge: string }): Promise<string> {
  const code = randomBytes(16).toString('base64url')
  const { personId, badge, at } = said
  await tx.insert(certificate).values({ code, personId, badge, grantedAt: at })
  await appendEntry(tx, { ...said, kind: 'grant', certificateCode: code })
  return code
}

async function revoke(tx: Tx, said: Said, code: string): Promise<void> {
  const [ended] = await tx
    .update(certificate)
    .set({ endedAt: said.at, endedBy: 'revocation' })
    .where(eq(certificate.code, code))
    .returning()
  const { personId, badge } = ended!
  await appendEntry(tx, { ...said, personId, badge, kind: 'revocation', certificateCode: code })
}

/** Signs the head as it stands. */
export const signNow = async (db: Db) => (await signHead(db, siteSigner()))!

/** An export, line by line. */
export async function exported(db: Db, onlyPublic = false): Promise<string[]> {
  const lines: string[] = []
  await exportRecord(db, { origin: 'nobody.example', onlyPublic }, line => void lines.push(line))
  return lines
}
