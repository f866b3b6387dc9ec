import type { Command } from 'commander'
import { backUp, restore } from '../../db/backup.ts'
import { db } from '../../db/client.ts'
import { verifyRecord } from '../record/verify.ts'
import { type Answer, answers, type Options } from './command.ts'

export function backupCommands(program: Command): void {
  answers(
    program.command('backup <file>').description('write everything to one file, while the site goes on'),
    write,
  )
  answers(
    program
      .command('restore <file>')
      .description('read a backup into an empty database, and verify the record'),
    read,
  )
}

async function write(_: Options, [file = '']: string[]): Promise<Answer> {
  const counts = await backUp(db().$client, file)
  return { json: { file, counts }, words: `Wrote ${rowsIn(counts)} rows to ${file}.` }
}

async function read(_: Options, [file = '']: string[]): Promise<Answer> {
  const counts = await restore(db().$client, file)
  const record = await verifyRecord(db())
  const verdict = record.ok
    ? 'The certification record is whole.'
    : `The certification record is broken: ${record.problem}`
  return {
    json: { file, counts, record },
    words: `Read ${rowsIn(counts)} rows. ${verdict}`,
    code: record.ok ? 0 : 1,
  }
}

const rowsIn = (counts: Record<string, number>) =>
  Object.values(counts).reduce((sum, count) => sum + count, 0)
