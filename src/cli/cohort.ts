import type { Command } from 'commander'
import { db } from '../../db/client.ts'
import { content } from '../authoring/content.ts'
import { addCohort, addMentor, cohortInput } from '../courses/cohorts.ts'
import { enrol } from '../courses/enrolment.ts'
import { answers, readOptions, type Options } from './command.ts'
import { cohortNamed, personNamed } from './find.ts'

export function cohortCommands(program: Command): void {
  const cohort = program.command('cohort').description('groups of people who take a course together')
  answers(
    cohort
      .command('add')
      .description('add a cohort to a course')
      .requiredOption('--course <course>', 'its id, such as moderator-training')
      .requiredOption('--name <name>')
      .option('--starts <date>')
      .option('--ends <date>'),
    add,
  )
  answers(
    program
      .command('enrol <person> <cohort>')
      .description('enrol a person in a cohort (its number, its name, or a course for its self-paced cohort)')
      .option('--as <role>', 'trainee, or mentor to have them mentor it', 'trainee'),
    enrolPerson,
  )
}

async function add({ starts, ends, ...options }: Options) {
  const values = readOptions(cohortInput, { ...options, startsOn: starts, endsOn: ends })
  const { id, course, name } = await db().transaction(tx => addCohort(tx, content(), null, values))
  return { json: { id, course, name }, words: `Added cohort ${id}, “${name}”, to ${course}.` }
}

async function enrolPerson({ as }: Options, [handle = '', name = '']: string[]) {
  const person = await personNamed(db(), handle)
  const { id, course, name: cohort } = await cohortNamed(db(), name)
  const where = { cohortId: id, personId: person.id }
  await db().transaction(tx => (as === 'mentor' ? addMentor(tx, null, where) : enrol(tx, null, where)))
  return {
    json: { person: person.handle, cohort: id, course, as },
    words:
      as === 'mentor'
        ? `@${person.handle} now mentors “${cohort}”.`
        : `@${person.handle} is now in “${cohort}” of ${course}.`,
  }
}
