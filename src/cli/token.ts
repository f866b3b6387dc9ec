import type { Command } from 'commander'
import { db } from '../../db/client.ts'
import { makeToken, revokeToken, tokenInput, tokens } from '../api/tokens.ts'
import { scopeNames } from '../api/scopes.ts'
import { type Answer, answers, numberOf, readOptions, type Options, wordsOf } from './command.ts'

export function tokenCommands(program: Command): void {
  const token = program.command('token').description('keys of the community’s platform to the API')
  answers(
    token
      .command('add')
      .description('make a key; it is shown this once')
      .requiredOption('--name <name>', 'whose it is')
      .option('--scopes <scopes>', `what it opens, by commas: ${scopeNames.join(', ')}`, 'evidence:write')
      .option('--lasts <days>', '30, 90 or 365 days, or always', '365'),
    add,
  )
  answers(token.command('list').description('every key there is or was'), list)
  answers(token.command('revoke <number>').description('end a key, at once and for good'), revoke)
}

async function add({ scopes, ...options }: Options): Promise<Answer> {
  const values = readOptions(tokenInput, { ...options, scopes: wordsOf(scopes) })
  const token = await db().transaction(tx => makeToken(tx, null, values))
  return { json: { token }, words: token }
}

async function list(): Promise<Answer> {
  const all = await tokens(db(), null)
  const day = (at: Date | null) => at?.toISOString().slice(0, 10)
  const lines = all.map(
    ({ id, name, scopes, expiresAt, lastUsedAt, revokedAt }) =>
      `${id}  ${name}  ${scopes.join(' ') || 'nothing'}  ${
        revokedAt ? `revoked ${day(revokedAt)}` : expiresAt ? `until ${day(expiresAt)}` : 'lasts'
      }  ${lastUsedAt ? `last used ${day(lastUsedAt)}` : 'never used'}`,
  )
  return { json: all, words: lines.join('\n') || 'No token has been made yet.' }
}

async function revoke(_: Options, [number = '']: string[]): Promise<Answer> {
  const id = numberOf(number)
  await db().transaction(tx => revokeToken(tx, null, { id }))
  return { json: { revoked: id }, words: 'It does not open anything any more.' }
}
