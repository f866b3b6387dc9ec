import { writeFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import type { Command } from 'commander'
import { z } from 'zod'
import { db } from '../../db/client.ts'
import { keeping } from '../../db/schema/own.ts'
import { content } from '../authoring/content.ts'
import { grantFounding } from '../badges/found.ts'
import { reviewStanding } from '../badges/review-standing.ts'
import { env } from '../env.ts'
import { Invalid } from '../errors.ts'
import { erase } from '../own/erasing/erase.ts'
import { daysToReturn, planToLeave, stay } from '../own/leaving.ts'
import { addPerson, newPerson } from '../people/add-person.ts'
import { appointAdmin } from '../people/admins.ts'
import { audit } from '../record/audit.ts'
import { type Answer, answers, readOptions, type Options } from './command.ts'
import { personNamed } from './find.ts'

const eraseOptions = z.object({
  keep: z.enum(keeping).default('nothing'),
  in: z.coerce.number().int().min(0).max(365).default(daysToReturn),
})

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
  answers(
    person
      .command('export <person>')
      .description('write everything that is held about somebody to a zip, for them')
      .requiredOption('--out <file>', 'the file to write'),
    exportPerson,
  )
  answers(
    person
      .command('erase <person>')
      .description('have an account erased, as somebody asked who can’t sign in')
      .option('--keep <what>', 'of their certificates: nothing, certificates or named', 'nothing')
      .option('--in <days>', `after so many days; ${daysToReturn} when left out, 0 is now`),
    erasePerson,
  )
  answers(person.command('keep <person>').description('call off the erasing of an account'), keepPerson)
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

async function exportPerson({ out = '' }: Options, [handle = '']: string[]): Promise<Answer> {
  const who = await personNamed(db(), handle)
  // What signs and draws takes a moment to load, which the other commands need not wait for.
  const { copyFile } = await import('../own/copying/everything.ts')
  const bytes = await copyFile(db(), content(), env.ORIGIN, who.id)
  await db().transaction(tx => audit(tx, null, 'person.copied', {}, who.id))
  writeFileSync(out, bytes, { mode: 0o600 })
  return {
    json: { file: out, bytes: bytes.length },
    words: `Wrote ${bytes.length.toLocaleString('en-GB')} bytes to ${out}.`,
  }
}

async function erasePerson(options: Options, [handle = '']: string[]): Promise<Answer> {
  const { keep, in: days } = readOptions(eraseOptions, options)
  const who = await personNamed(db(), handle)
  const dueAt = await db().transaction(async tx => {
    const plan = await planToLeave(tx, who, keep, days)
    await audit(tx, null, 'person.asked_to_leave', { keeps: keep, on: plan.dueAt.toISOString() }, who.id)
    if (days === 0) await erase(tx, content(), who.id)
    return plan.dueAt
  })
  const on = dueAt.toISOString().slice(0, 10)
  return {
    json: { handle: who.handle, keeps: keep, on, erased: days === 0 },
    words:
      days === 0
        ? `Erased @${who.handle}.`
        : `@${who.handle} will be erased on ${on}. “person keep ${who.handle}” calls it off.`,
  }
}

async function keepPerson(_: Options, [handle = '']: string[]): Promise<Answer> {
  const who = await personNamed(db(), handle)
  await db().transaction(tx => stay(tx, who, null))
  return { json: { handle: who.handle }, words: `@${who.handle} stays.` }
}
