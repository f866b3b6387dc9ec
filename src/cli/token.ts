import type { Command } from 'commander'
import { db } from '../../db/client.ts'
import { makeToken, tokenInput } from '../practice/tokens.ts'
import { answers, readOptions, type Options } from './command.ts'

export function tokenCommands(program: Command): void {
  const token = program.command('token').description('keys of the community’s platform to the API')
  answers(
    token
      .command('add')
      .description('make a key; it is shown this once')
      .requiredOption('--name <name>', 'whose it is'),
    add,
  )
}

async function add(options: Options) {
  const values = readOptions(tokenInput, options)
  const token = await db().transaction(tx => makeToken(tx, null, values))
  return { json: { token }, words: token }
}
