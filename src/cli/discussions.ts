import type { Command } from 'commander'
import { db } from '../../db/client.ts'
import { compareCounts, type CountDifference, rebuildCounts } from '../discussions/kept-counts.ts'
import { type Answer, answers } from './command.ts'

export function discussionCommands(program: Command): void {
  const discussions = program
    .command('discussions')
    .description('the counts that are kept of posts, replies, reactions and votes')
  answers(
    discussions.command('rebuild').description('count everything anew, and mend what is wrong'),
    rebuild,
  )
  answers(discussions.command('check').description('prove that what is kept agrees with the facts'), check)
}

async function rebuild(): Promise<Answer> {
  const mended = await rebuildCounts(db())
  const words = `Done; ${mended.length} counts were not as they should be, and are now.`
  return { json: { mended }, words: [words, ...lines(mended)].join('\n') }
}

async function check(): Promise<Answer> {
  const differences = await compareCounts(db())
  const words =
    differences.length === 0
      ? 'All counts of the discussions agree with the facts.'
      : `${differences.length} counts disagree with the facts. “discussions rebuild” mends them.`
  const code = differences.length === 0 ? 0 : 1
  return { json: { differences }, words: [words, ...lines(differences)].join('\n'), code }
}

const most = 20

const lines = (differences: readonly CountDifference[]): string[] => [
  ...differences
    .slice(0, most)
    .map(
      ({ count, of, kept, counted }) =>
        `${count} of ${of}: kept ${kept ?? 'none'}, counted ${counted ?? 'none'}`,
    ),
  ...(differences.length > most ? [`and ${differences.length - most} more`] : []),
]
