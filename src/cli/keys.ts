import type { Command } from 'commander'
import type { SigningKey } from '../keys/key.ts'
import { allKeys } from '../keys/ring.ts'
import { rotateKeys } from '../keys/rotate.ts'
import { type Answer, answers } from './command.ts'

export function keyCommands(program: Command): void {
  const keys = program
    .command('keys')
    .description('the keys that sign credentials and the certification record')
  answers(
    keys.command('list').description('the public halves of all keys, retired ones too'),
    () => tellKeys('', allKeys()),
    { database: false },
  )
  answers(
    keys.command('rotate').description('sign with new keys from now on; what was signed still verifies'),
    () => tellKeys('Signing from now on:\n', rotateKeys()),
    { database: false },
  )
}

function tellKeys(heading: string, keys: readonly SigningKey[]): Answer {
  return { json: { keys }, words: heading + keys.map(line).join('\n') }
}

function line({ id, algorithm, madeAt, retiredAt }: SigningKey): string {
  const until = retiredAt ? `retired ${retiredAt.toISOString()}` : 'in use'
  return `${algorithm.padEnd(7)}  ${id}  made ${madeAt.toISOString()}, ${until}`
}
