import type { Command } from 'commander'
import { z } from 'zod'
import { db } from '../../db/client.ts'
import { content } from '../authoring/content.ts'
import { appealDecisionInput, decideAppeal } from '../badges/appeals/decide-appeal.ts'
import { openAppeals } from '../badges/appeals/open-appeals.ts'
import { compareStandings } from '../badges/compare-standings.ts'
import { rebuildStandings } from '../badges/everybody/rebuild-standings.ts'
import { grantFounding } from '../badges/found.ts'
import { progress, type Standing, standingToJson } from '../badges/standing.ts'
import { standingOf } from '../badges/standing-of.ts'
import { NotFound } from '../errors.ts'
import { type Answer, answers, numberOf, type Options, readOptions } from './command.ts'
import { personNamed } from './find.ts'
import { holdingCommands } from './holding.ts'
import { rulesCommands } from './rules.ts'

export function badgeCommands(program: Command): void {
  answers(
    program
      .command('standing <person> <badge>')
      .description('how a person measures against a badge’s criteria, today'),
    standing,
  )
  const badge = program.command('badge').description('what badges take, and who holds them')
  answers(
    badge
      .command('grant <person> <badge>')
      .description('grant a badge, and what it stands on, by override: where no second admin can confirm it')
      .requiredOption('--reason <words>', 'why, for the record'),
    grant,
  )
  answers(badge.command('appeals').description('the appeals that wait for an answer'), appeals)
  answers(
    badge
      .command('appeal <number>')
      .description('answer an appeal that no admin may: they decided it themselves')
      .requiredOption('--outcome <outcome>', 'upheld or stands')
      .requiredOption('--reason <words>', 'why; the person reads it'),
    appeal,
  )
  holdingCommands(badge)
  rulesCommands(badge)
  const standings = program.command('standings').description('the standings that are kept for everybody')
  answers(standings.command('rebuild').description('judge everybody anew from the facts'), rebuild)
  answers(standings.command('check').description('prove that what is kept agrees with the facts'), check)
}

async function standing(_: Options, [handle = '', badgeId = '']: string[]): Promise<Answer> {
  const person = await personNamed(db(), handle)
  const badge = content().badge(badgeId)
  if (!badge) throw new NotFound(`There is no badge “${badgeId}”. There is ${badgeIds().join(', ')}.`)
  const theirs = await standingOf(db(), content(), person.id, badge)
  const words = [
    `@${person.handle} ${theirs.met ? 'meets' : 'does not yet meet'} the criteria of ${badge.id}.`,
    ...lines(theirs, ''),
  ]
  return { json: standingToJson(person.handle, badge.id, theirs), words: words.join('\n') }
}

async function grant({ reason = '' }: Options, [handle = '', badge = '']: string[]): Promise<Answer> {
  const person = await personNamed(db(), handle)
  const said = readOptions(z.object({ reason: z.string().trim().min(1).max(1000) }), { reason })
  await db().transaction(tx => grantFounding(tx, content(), { personId: person.id, badge, ...said }))
  return {
    json: { person: person.handle, badge },
    words: `@${person.handle} holds ${badge}, and all that it stands on.`,
  }
}

async function appeals(): Promise<Answer> {
  const open = await openAppeals(db(), null)
  const words = open.map(
    ({ id, handle, badge, kind, promisedBy, statement }) =>
      `${id}  @${handle}, ${badge}, against a ${kind}, to be answered by ${promisedBy}: ${statement}`,
  )
  return { json: { appeals: open }, words: words.join('\n') || 'No appeal waits for an answer.' }
}

async function appeal({ outcome, reason }: Options, [number = '']: string[]): Promise<Answer> {
  const asked = { appeal: numberOf(number), outcome, answer: reason }
  const answered = await db().transaction(tx =>
    decideAppeal(tx, content(), null, readOptions(appealDecisionInput, asked)),
  )
  const granted = answered.outcome === 'upheld' && answered.granted
  const upheld = granted
    ? 'Upheld: they hold the badge.'
    : 'Upheld: they wait as soon as the criteria are met.'
  return { json: answered, words: answered.outcome === 'stands' ? 'What was decided stands.' : upheld }
}

const badgeIds = () => content().badges.map(({ id }) => id)

/** A standing as an indented list: met or not, what it is, how far. */
function lines(standing: Standing, indent: string): string[] {
  const line = `${indent}${standing.met ? '✓' : '·'} ${standing.label}: ${standing.have} of ${standing.need} (${Math.floor(progress(standing) * 100)}%)`
  return 'criteria' in standing
    ? [line, ...standing.criteria.flatMap(part => lines(part, `${indent}  `))]
    : [line]
}

async function rebuild(): Promise<Answer> {
  const changed = await rebuildStandings(db(), content(), (done, all) =>
    process.stderr.write(`\r${done} of ${all} people`),
  )
  process.stderr.write('\n')
  return { json: { changed }, words: `Done; ${changed} standings were not as they should be, and are now.` }
}

async function check(): Promise<Answer> {
  const differences = await compareStandings(db(), content())
  const words =
    differences.length === 0
      ? 'All standings agree with the facts.'
      : `${differences.length} standings disagree with the facts. “standings rebuild” mends them.`
  return { json: { differences }, words, code: differences.length === 0 ? 0 : 1 }
}
