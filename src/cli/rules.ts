import type { Command } from 'commander'
import { db } from '../../db/client.ts'
import { content } from '../authoring/content.ts'
import { judgeAnew } from '../badges/rules/judge-anew.ts'
import { learnRules } from '../badges/rules/load-rules.ts'
import { type BadgeRules, rulesOfAll, rulesOfBadge } from '../badges/rules/overview.ts'
import { previewRules } from '../badges/rules/preview.ts'
import { putInForce, putInForceInput } from '../badges/rules/put-in-force.ts'
import { NotFound } from '../errors.ts'
import { type Answer, answers, type Options, readOptions } from './command.ts'

export function rulesCommands(badge: Command): void {
  const rules = badge.command('rules').description('the versions of what badges take')
  answers(rules.command('list').description('what is in force of each badge, and what waits'), list)
  answers(
    rules.command('preview <badge>').description('whom the version that waits would change it for'),
    preview,
  )
  answers(
    rules
      .command('apply <badge>')
      .description('put the version that waits into force, and judge everybody by it')
      .requiredOption('--reason <words>', 'why, for the audit log')
      .option(
        '--keep-until <day>',
        'the last day on which the rules before may still be met, like 2027-03-01',
      ),
    apply,
  )
}

async function list(): Promise<Answer> {
  const all = await rulesOfAll(db(), content(), null)
  const json = all.map(({ badge, now, proposal }) => ({
    badge: badge.id,
    version: now?.number ?? null,
    since: now?.inForceFrom ?? null,
    keepUntil: now?.keepUntil ?? null,
    proposed: proposal?.number ?? null,
  }))
  const lines = json.map(
    ({ badge, version, since, proposed }) =>
      `${badge}  version ${version} since ${since?.toISOString().slice(0, 10)}${proposed === null ? '' : `, version ${proposed} waits`}`,
  )
  return { json, words: lines.join('\n') }
}

async function preview(_: Options, [id = '']: string[]): Promise<Answer> {
  const { badge, proposal } = await waiting(id)
  const change = { badge: badge.id, from: badge.criteria, to: proposal.criteria }
  const counted = await previewRules(db(), content(), null, change)
  if (!counted)
    throw new NotFound('Counting took more than twenty seconds. Please try when less is going on.')
  const { page: _page, next: _next, ...figures } = counted
  const words = [
    `Version ${proposal.number} of ${badge.id}, among ${figures.people} people:`,
    `${figures.gain} would gain: they meet it, and not what is in force.`,
    `${figures.lose} would lose: they meet what is in force, and not it.`,
    `${figures.near} would be within reach, with one thing left (now ${figures.nearNow}).`,
    `${figures.holders} hold the badge and keep it; ${figures.holdersShort} of them would not meet it.`,
  ]
  return { json: { badge: badge.id, version: proposal.number, ...figures }, words: words.join('\n') }
}

async function apply({ keepUntil, reason }: Options, [id = '']: string[]): Promise<Answer> {
  const { badge, proposal } = await waiting(id)
  const values = readOptions(putInForceInput, {
    ...{ badge: badge.id, version: proposal.number, reason },
    ...(keepUntil === undefined ? { partWay: 'move' } : { partWay: 'keep', until: keepUntil }),
  })
  await db().transaction(tx => putInForce(tx, null, values))
  await learnRules(db())
  // A site that runs beside this may be at it already.
  await judgeAnew(db(), content(), ({ done, people }) =>
    process.stderr.write(`\r${done} of ${people} people`),
  )
  process.stderr.write('\n')
  const { now } = await rulesOfBadge(db(), content(), null, badge.id)
  const json = { badge: badge.id, version: now!.number, gained: now!.gained, lost: now!.lost }
  const words = now!.judgedAt
    ? `In force. ${now!.gained} people meet it who did not, and ${now!.lost} do not any more who did.`
    : 'In force. The site is judging everybody by it.'
  return { json, words }
}

/** @throws NotFound where nothing waits for the badge */
async function waiting(id: string): Promise<BadgeRules & { proposal: NonNullable<BadgeRules['proposal']> }> {
  if (!content().badge(id))
    throw new NotFound(
      `There is no badge “${id}”. There is ${content()
        .badges.map(one => one.id)
        .join(', ')}.`,
    )
  const { proposal, ...rules } = await rulesOfBadge(db(), content(), null, id)
  if (!proposal) throw new NotFound(`Nothing waits to be put into force for ${id}.`)
  return { ...rules, proposal }
}
