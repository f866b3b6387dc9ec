import type { Command } from 'commander'
import { z } from 'zod'
import { db } from '../../db/client.ts'
import { content } from '../authoring/content.ts'
import { reinstateBadge } from '../badges/holding/reinstate.ts'
import { renewBadge } from '../badges/holding/renew.ts'
import { suspendBadge } from '../badges/holding/suspend.ts'
import { revokeBadge } from '../badges/revoke.ts'
import { layDown } from '../grading/lay-down.ts'
import { type Answer, answers, type Options, readOptions, wordsOf } from './command.ts'
import { personNamed } from './find.ts'

const reason = z.string().trim().min(1).max(1000)
const taking = z.object({ for: z.string().max(80), reason, with: z.string().max(1000).optional() })
const reinstating = taking.omit({ for: true })

/** What becomes of a badge that somebody holds, as an admin decides it on the site; the record names nobody for it. */
export function holdingCommands(badge: Command): void {
  const take = (verb: 'suspend' | 'revoke', words: string) =>
    answers(
      badge
        .command(`${verb} <person> <badge>`)
        .description(words)
        .requiredOption('--for <class>', 'what kind of reason, by its id in content/reasons.yaml')
        .requiredOption('--reason <words>', 'why; its holder reads this')
        .option('--with <badges>', 'what stands on it and is suspended with it, with commas between'),
      (options, args) => taken(verb, options, args),
    )
  take('suspend', 'suspend a badge, until it is reinstated')
  answers(
    badge
      .command('reinstate <person> <badge>')
      .description('lift the suspension of a badge')
      .requiredOption('--reason <words>', 'why; its holder reads this')
      .option('--with <badges>', 'what was suspended with it and holds again too'),
    reinstate,
  )
  take('revoke', 'take a badge away for good')
  answers(
    badge.command('renew <person> <badge>').description('move on the last day of a badge that lapses'),
    renew,
  )
}

async function taken(
  verb: 'suspend' | 'revoke',
  options: Options,
  [handle = '', badge = '']: string[],
): Promise<Answer> {
  const { for: reasonClass, with: above, ...said } = readOptions(taking, options)
  const person = await personNamed(db(), handle)
  const decision = { personId: person.id, badge, reasonClass, ...said, with: wordsOf(above) }
  await db().transaction(async tx => {
    await (verb === 'suspend' ? suspendBadge : revokeBadge)(tx, content(), null, decision)
    await layDown(tx, person.id)
  })
  const done = verb === 'suspend' ? 'suspended' : 'revoked'
  return {
    json: { person: person.handle, badge, [done]: true },
    words: `${badge} of @${person.handle} is ${done}.`,
  }
}

async function reinstate(options: Options, [handle = '', badge = '']: string[]): Promise<Answer> {
  const { with: above, ...said } = readOptions(reinstating, options)
  const person = await personNamed(db(), handle)
  const decision = { personId: person.id, badge, ...said, with: wordsOf(above) }
  await db().transaction(tx => reinstateBadge(tx, content(), null, decision))
  return {
    json: { person: person.handle, badge, reinstated: true },
    words: `${badge} of @${person.handle} holds again.`,
  }
}

async function renew(_: Options, [handle = '', badge = '']: string[]): Promise<Answer> {
  const person = await personNamed(db(), handle)
  const { expiresOn } = await db().transaction(tx =>
    renewBadge(tx, content(), null, { personId: person.id, badge }),
  )
  return {
    json: { person: person.handle, badge, expiresOn },
    words: `${badge} of @${person.handle} is renewed${expiresOn === null ? '' : ` until ${expiresOn}`}.`,
  }
}
