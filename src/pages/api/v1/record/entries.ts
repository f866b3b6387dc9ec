import { z } from 'zod'
import { db } from '../../../../../db/client.ts'
import { onlyGet, openRead, positive } from '../../../../api/record.ts'
import { publicEntries } from '../../../../record/public-entries.ts'

const most = 100

const asked = {
  query: z.strictObject({
    from: positive.default(1),
    limit: positive.refine(limit => limit <= most).default(most),
  }),
  usage: `Ask with ?from=N, a whole number from 1, and &limit=M, from 1 to ${most}.`,
}

export const GET = openRead(asked, async ({ from, limit }) => {
  const entries = await publicEntries(db(), from, limit)
  // What is full says the same for ever: nothing that anybody may read of an entry can change.
  return { json: { entries }, keep: entries.length === limit ? 'ever' : 10 }
})

export const ALL = onlyGet
