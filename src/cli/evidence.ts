import type { Command } from 'commander'
import { db } from '../../db/client.ts'
import { content } from '../authoring/content.ts'
import { reviewStanding } from '../badges/review-standing.ts'
import { addEvidence, evidenceInput } from '../practice/add-evidence.ts'
import { answers, readOptions, type Options } from './command.ts'
import { personNamed } from './find.ts'

export function evidenceCommands(program: Command): void {
  const evidence = program.command('evidence').description('counted facts from practice')
  answers(
    evidence
      .command('add')
      .description('enter confirmed evidence for a person')
      .requiredOption('--person <handle>')
      .requiredOption('--kind <kind>', 'a kind of content/evidence.yaml, such as group_chat')
      .option('--count <n>', 'how many', '1')
      .option('--on <date>', 'when; today when left out')
      .option('--place <place>', 'where', '')
      .option('--supervisor <handle>', 'who stood by, where hours of the kind are counted; with --minutes')
      .option('--minutes <n>', 'how long it took')
      .option('--note <note>', 'what an admin should know of it', ''),
    add,
  )
}

async function add({ on, ...options }: Options) {
  const person = await personNamed(db(), options.person ?? '')
  const values = readOptions(evidenceInput, {
    ...options,
    personId: person.id,
    occurredOn: on ?? new Date().toISOString().slice(0, 10),
  })
  const id = await db().transaction(async tx => {
    const added = await addEvidence(tx, content(), null, values)
    await reviewStanding(tx, content(), person.id)
    return added.id
  })
  return {
    json: { id, person: person.handle, kind: values.kind, count: values.count },
    words: `Added ${values.count} × ${values.kind} for @${person.handle}.`,
  }
}
