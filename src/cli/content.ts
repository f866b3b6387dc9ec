import type { Command } from 'commander'
import { db } from '../../db/client.ts'
import { checkContent } from '../authoring/check.ts'
import { withAllDrafts } from '../authoring/content.ts'
import { compareWithDatabase } from '../authoring/names-in-database.ts'
import { sentence } from '../authoring/problem.ts'
import { withDatabase } from '../serve/database.ts'
import { type Answer, answers } from './command.ts'

type Asked = { strict: boolean; againstDatabase: boolean }

export function contentCommands(program: Command): void {
  const content = program.command('content').description('what authors write')
  answers(
    content
      .command('check')
      .description('find every mistake in content/, with file, line and remedy')
      .option('--strict', 'fail on warnings too')
      .option(
        '--against-database',
        'look for what the database knows and content/ does not, such as renamed files',
      ),
    options => check({ strict: 'strict' in options, againstDatabase: 'againstDatabase' in options }),
    { database: false },
  )
}

async function check({ strict, againstDatabase }: Asked): Promise<Answer> {
  const { warnings, counts, ...checked } = checkContent()
  const lost = counts && againstDatabase ? await lostNames() : []
  const problems = [...checked.problems, ...lost]
  const json = { problems, warnings, ...(counts && { counts }) }
  const told = [...problems.map(sentence), ...warnings.map(warning => `Warning: ${sentence(warning)}`)]
  if (!counts || problems.length > 0) return { json, words: told.join('\n'), code: 1 }
  const words = Object.entries(counts).map(([noun, count]) => `${count} ${noun}`)
  return {
    json,
    words: [...told, `No mistakes in ${words.join(', ')}.`].join('\n'),
    code: strict && warnings.length > 0 ? 1 : 0,
  }
}

const lostNames = () => withDatabase(() => compareWithDatabase(db(), withAllDrafts()))
