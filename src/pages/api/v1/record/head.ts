import { z } from 'zod'
import { db } from '../../../../../db/client.ts'
import { headJson, onlyGet, openRead } from '../../../../api/record.ts'
import { found } from '../../../../errors.ts'
import { latestHead } from '../../../../record/heads.ts'

export const GET = openRead({ query: z.object({}), usage: '' }, async () => ({
  json: headJson(found(await latestHead(db()))),
  keep: 10,
}))

export const ALL = onlyGet
