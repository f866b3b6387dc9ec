import { Command } from 'commander'
import { backupCommands } from './backup.ts'
import { badgeCommands } from './badge.ts'
import { cohortCommands } from './cohort.ts'
import { contentCommands } from './content.ts'
import { credentialCommands } from './credential.ts'
import { discussionCommands } from './discussions.ts'
import { evidenceCommands } from './evidence.ts'
import { keyCommands } from './keys.ts'
import { newCommands } from './new.ts'
import { personCommands } from './person.ts'
import { questionCommands } from './questions.ts'
import { recordCommands } from './record.ts'
import { tokenCommands } from './token.ts'
import { webhookCommands } from './webhook.ts'

const program = new Command('trellis')
  .description('The operator’s command line of Trellis. It works beside a running site and without one.')
  .addHelpText(
    'after',
    '\nEvery command takes --json, for scripts: one JSON value on standard output, {"error": …} when it fails.',
  )
  .showHelpAfterError('(see: npm run trellis -- help)')

for (const add of [
  personCommands,
  cohortCommands,
  evidenceCommands,
  badgeCommands,
  recordCommands,
  keyCommands,
  credentialCommands,
  discussionCommands,
  tokenCommands,
  webhookCommands,
  contentCommands,
  questionCommands,
  newCommands,
  backupCommands,
])
  add(program)

await program.parseAsync()
