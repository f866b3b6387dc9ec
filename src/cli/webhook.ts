import type { Command } from 'commander'
import { z } from 'zod'
import { db } from '../../db/client.ts'
import { env } from '../env.ts'
import { replay, sendTest } from '../webhooks/again.ts'
import {
  addEndpoint,
  endpointInput,
  pauseEndpoint,
  removeEndpoint,
  renewSecret,
  resumeEndpoint,
} from '../webhooks/endpoints.ts'
import { eventTypes } from '../webhooks/events.ts'
import { endpoints } from '../webhooks/log.ts'
import { stateInWords } from '../webhooks/words.ts'
import { type Answer, answers, numberOf, type Options, readOptions, wordsOf } from './command.ts'

export function webhookCommands(program: Command): void {
  const webhook = program.command('webhook').description('addresses that are told when badges change')
  answers(
    webhook
      .command('add')
      .description('add an address; its secret is shown this once')
      .requiredOption('--name <name>', 'what stands behind it')
      .requiredOption('--url <address>', 'where to send, https')
      .option(
        '--events <types>',
        `what it hears of, by commas: ${eventTypes.join(', ')}`,
        eventTypes.join(','),
      ),
    add,
  )
  answers(webhook.command('list').description('every address, and how it fares'), list)
  answers(webhook.command('test <number>').description('send it something that means nothing'), test)
  answers(webhook.command('pause <number>').description('hold back what it would be told'), pause)
  answers(webhook.command('resume <number>').description('send it what has waited, and go on'), resume)
  answers(webhook.command('secret <number>').description('give it a new secret, shown this once'), secret)
  answers(
    webhook
      .command('replay <number>')
      .description('send it everything again since a moment')
      .requiredOption('--since <moment>', 'such as 2026-11-20T18:00Z'),
    again,
  )
  answers(webhook.command('remove <number>').description('tell it nothing any more'), remove)
}

async function add({ events, ...options }: Options): Promise<Answer> {
  const values = readOptions(endpointInput, { ...options, events: wordsOf(events) })
  const made = await db().transaction(tx => addEndpoint(tx, null, values, { inner: env.WEBHOOK_PRIVATE }))
  return { json: made, words: `${made.id}\n${made.secret}` }
}

async function list(): Promise<Answer> {
  const all = await endpoints(db(), null)
  const now = new Date()
  const lines = all.map(one => `${one.id}  ${one.name}  ${one.url}  ${stateInWords(one, now)}`)
  return { json: all, words: lines.join('\n') || 'There is no webhook yet.' }
}

async function test(_: Options, [number = '']: string[]): Promise<Answer> {
  const id = numberOf(number)
  await db().transaction(tx => sendTest(tx, null, id))
  return { json: { tested: id }, words: 'A test is on its way; the site sends it while it runs.' }
}

async function pause(_: Options, [number = '']: string[]): Promise<Answer> {
  const id = numberOf(number)
  await db().transaction(tx => pauseEndpoint(tx, null, id))
  return { json: { paused: id }, words: 'Paused.' }
}

async function resume(_: Options, [number = '']: string[]): Promise<Answer> {
  const id = numberOf(number)
  await db().transaction(tx => resumeEndpoint(tx, null, id))
  return { json: { resumed: id }, words: 'It is told again, what has waited first.' }
}

async function secret(_: Options, [number = '']: string[]): Promise<Answer> {
  const id = numberOf(number)
  const made = await db().transaction(tx => renewSecret(tx, null, id))
  return { json: { id, secret: made }, words: made }
}

const replayOptions = z.object({
  since: z
    .string()
    .refine(text => !Number.isNaN(Date.parse(text)), {
      error: 'Please give a moment such as 2026-11-20T18:00Z.',
    })
    .transform(text => new Date(text)),
})

async function again(options: Options, [number = '']: string[]): Promise<Answer> {
  const id = numberOf(number)
  const { since } = readOptions(replayOptions, options)
  const events = await db().transaction(tx => replay(tx, null, { id, since }))
  return { json: { id, events }, words: `${events} events are on their way again.` }
}

async function remove(_: Options, [number = '']: string[]): Promise<Answer> {
  const id = numberOf(number)
  await db().transaction(tx => removeEndpoint(tx, null, id))
  return { json: { removed: id }, words: 'Removed.' }
}
