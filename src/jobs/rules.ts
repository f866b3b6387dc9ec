import { db } from '../../db/client.ts'
import { content } from '../authoring/content.ts'
import { judgeAnew } from '../badges/rules/judge-anew.ts'
import { learnRules, rulesChanged } from '../badges/rules/load-rules.ts'
import { logger } from '../logger.ts'

/** How often is looked for rules by which not everybody has been judged, besides when some come into force: milliseconds. */
const often = 30_000

/** Starts judging everybody anew whenever rules come into force, and goes on with what was broken off. */
export function startRules(): () => Promise<void> {
  let working = Promise.resolve()
  const look = () => void (working = working.then(learnAndJudge))
  const goOn = () => void (working = working.then(judge))
  // The driver comes back by itself when the connection breaks; what was told meanwhile is found as it does.
  const listening = db()
    .$client.listen(rulesChanged, look, look)
    .catch(() => null)
  const timer = setInterval(goOn, often)
  return async () => {
    clearInterval(timer)
    await (await listening)?.unlisten()
    await working
  }
}

async function learnAndJudge(): Promise<void> {
  await learnRules(db()).catch(noted)
  await judge()
}

const judge = () => judgeAnew(db(), content()).catch(noted)

const noted = (error: unknown) => {
  logger.warn({ error: String(error) }, 'judging by new rules was broken off; it goes on in half a minute')
}
