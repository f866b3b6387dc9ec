import type { Command } from 'commander'
import { checkContent } from '../authoring/check.ts'
import { sentence } from '../authoring/problem.ts'
import { type Answer, answers } from './command.ts'

export function contentCommands(program: Command): void {
  const content = program.command('content').description('what authors write')
  answers(
    content.command('check').description('find every mistake in content/, with file, line and remedy'),
    check,
    {
      database: false,
    },
  )
}

function check(): Answer {
  const { problems, counts } = checkContent()
  if (problems.length > 0 || !counts)
    return { json: { problems }, words: problems.map(sentence).join('\n'), code: 1 }
  const words = Object.entries(counts).map(([noun, count]) => `${count} ${noun}`)
  return { json: { problems, counts }, words: `No mistakes in ${words.join(', ')}.` }
}
