import { text } from 'node:stream/consumers'
import type { Command } from 'commander'
import { z } from 'zod'
import { db } from '../../db/client.ts'
import { content } from '../authoring/content.ts'
import { grantFounding } from '../badges/found.ts'
import { reviewStanding } from '../badges/review-standing.ts'
import { Invalid } from '../errors.ts'
import { addPerson, newPerson } from '../people/add-person.ts'
import { appointAdmin } from '../people/admins.ts'
import { answers, readOptions, type Options } from './command.ts'

const personOptions = newPerson.extend({ role: z.enum(['trainee', 'mentor', 'admin']) })

export function personCommands(program: Command): void {
  const person = program.command('person').description('accounts')
  answers(
    person
      .command('add')
      .description('add an account; the password is read from standard input')
      .requiredOption('--handle <handle>', 'as in @handle')
      .requiredOption('--email <address>')
      .option('--name <name>', 'the name to show; the handle when left out')
      .option('--role <role>', 'trainee, mentor (granted the badge, on the record) or admin', 'trainee')
      .option('--kind <kind>', 'listener or member', 'listener')
      .option('--age-band <band>', 'adult or teen', 'adult')
      .option(
        '--joined <date>',
        'since when they are a listener or member, like 2026-03-31; today when left out',
      )
      .option('--time-zone <zone>', 'such as Europe/Lisbon', 'UTC'),
    add,
  )
}

async function add({ name, joined, ...options }: Options) {
  const { role, ...values } = readOptions(personOptions, {
    ...options,
    displayName: name ?? options.handle,
    joinedOn: joined ?? new Date().toISOString().slice(0, 10),
    password: await passwordFromInput(),
  })
  const added = await db().transaction(async tx => {
    const person = await addPerson(tx, values, 'added')
    if (role === 'admin') await appointAdmin(tx, null, person.id)
    if (role === 'mentor')
      await grantFounding(tx, content(), {
        personId: person.id,
        badge: 'mentor',
        reason: 'A founding mentor, added by the operator.',
      })
    await reviewStanding(tx, content(), person.id)
    return person
  })
  return { json: { id: added.id, handle: added.handle, role }, words: `Added @${added.handle}, ${role}.` }
}

async function passwordFromInput(): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write('Password, then Enter and Ctrl-D: ')
  const password = (await text(process.stdin)).replace(/\r?\n$/, '')
  if (password === '') throw new Invalid({ password: 'Please give it on standard input.' })
  return password
}
