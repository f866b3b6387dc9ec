import { z } from 'zod'
import { db } from '../../../../../db/client.ts'
import { onlyGet, openRead, positive, treeJson } from '../../../../api/record.ts'
import { proveConsistency } from '../../../../record/proofs.ts'

const asked = {
  query: z.strictObject({ from: positive, to: positive.optional() }),
  usage: 'Ask with ?from=N and, if you like, &to=M: whole numbers from 1.',
}

export const GET = openRead(asked, async ({ from, to }) => {
  const proof = await proveConsistency(db(), from, to)
  return {
    json: { from: treeJson(proof.from), to: treeJson(proof.to), path: proof.path },
    keep: 10,
  }
})

export const ALL = onlyGet
