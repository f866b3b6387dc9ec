import { z } from 'zod'
import { db } from '../../../../../db/client.ts'
import { onlyGet, openRead, positive, proofJson, treeJson } from '../../../../api/record.ts'
import { proveCertificate, proveEntry } from '../../../../record/proofs.ts'

const asked = {
  query: z.union([
    z.strictObject({ certificate: z.string().max(100) }),
    z.strictObject({ seq: positive, size: positive.optional() }),
  ]),
  usage: 'Ask with ?certificate=CODE, or with ?seq=N and, if you like, &size=M: whole numbers from 1.',
}

export const GET = openRead(asked, async values => {
  const { tree, proofs } = await ('seq' in values
    ? proveEntry(db(), values.seq, values.size)
    : proveCertificate(db(), values.certificate))
  return { json: { tree: treeJson(tree), proofs: proofs.map(proofJson) }, keep: 10 }
})

export const ALL = onlyGet
