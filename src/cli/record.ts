import type { Command } from 'commander'
import { db } from '../../db/client.ts'
import { verifyRecord } from '../record/verify.ts'
import { type Answer, answers } from './command.ts'

export function recordCommands(program: Command): void {
  const record = program.command('record').description('the certification record')
  answers(
    record.command('verify').description('recompute the chain, and name the first entry that is broken'),
    verify,
  )
}

async function verify(): Promise<Answer> {
  const verdict = await verifyRecord(db())
  const words = verdict.ok
    ? `The record is whole: ${verdict.entries} entries.`
    : `${verdict.seq === null ? 'A certificate is not as recorded' : `Entry ${verdict.seq} is broken`}: ${verdict.problem}`
  return { json: verdict, words, code: verdict.ok ? 0 : 1 }
}
