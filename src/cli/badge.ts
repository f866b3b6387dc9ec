import type { Command } from 'commander'
import { db } from '../../db/client.ts'
import { content } from '../authoring/content.ts'
import { compareStandings } from '../badges/compare-standings.ts'
import { rebuildStandings } from '../badges/everybody/rebuild-standings.ts'
import { progress, type Standing, standingToJson } from '../badges/standing.ts'
import { standingOf } from '../badges/standing-of.ts'
import { NotFound } from '../errors.ts'
import { type Answer, answers, type Options } from './command.ts'
import { personNamed } from './find.ts'

export function badgeCommands(program: Command): void {
  answers(
    program
      .command('standing <person> <badge>')
      .description('how a person measures against a badge’s criteria, today'),
    standing,
  )
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
