import type { APIContext, APIRoute } from 'astro'
import { db } from '../../../../db/client.ts'
import { addressOf } from '../../../actions/address.ts'
import { openAsk } from '../../../api/open-ask.ts'
import { content } from '../../../authoring/content.ts'
import { answerOf, answerStatus } from '../../../credentials/verifying/answer.ts'
import { readAsked } from '../../../credentials/verifying/read-asked.ts'
import { type Asked, verifyCredential } from '../../../credentials/verifying/verify.ts'
import { env } from '../../../env.ts'
import { Invalid } from '../../../errors.ts'
import { allKeys } from '../../../keys/ring.ts'

const verify = async (asked: Asked) => {
  const around = { content: content(), origin: env.ORIGIN, keys: allKeys(), viewer: null }
  const verification = await verifyCredential(db(), asked, around)
  return { status: answerStatus(verification), json: answerOf(verification, env.ORIGIN) }
}

const who = (context: APIContext) => ({ kind: 'verify', who: addressOf(context) }) as const

/** The certificate of a code, or of a link to it. */
export const GET: APIRoute = context =>
  openAsk(context, who(context), async () => {
    const text = context.url.searchParams.get('code')
    if (!text) throw new Invalid({ '': 'Ask with ?code=CODE, or send a file with POST.' })
    return verify({ text })
  })

/** A file, or a form with a text or a file. */
export const POST: APIRoute = context =>
  openAsk(context, who(context), async () => {
    const asked = await readAsked(context.request)
    return 'sentence' in asked ? { status: asked.status, json: { error: asked.sentence } } : verify(asked)
  })
