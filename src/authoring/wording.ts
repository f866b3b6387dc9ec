import { z } from 'zod'
import { didYouMean, list } from './nearest.ts'

type Issue = Parameters<z.core.$ZodErrorMap>[0]

/**
 * What zod found, in an author's words: a predicate and, on a second line, the remedy. The subject (the
 * field's name) is put before it where the problem is told.
 */
export function inWords(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? missing(issue)
        : `should be ${kinds[issue.expected] ?? issue.expected}`
    case 'unrecognized_keys':
      return unknownKeys(issue.keys, knownKeys(issue.inst))
    case 'invalid_value':
      return notOneOf(issue.input, issue.values.map(String), issue)
    case 'invalid_union':
      return notOneOf(chosenBy(issue), discriminators(issue.inst), issue)
    case 'too_small':
      return tooSmall(issue)
    case 'too_big':
      return tooBig(issue)
    case 'invalid_format':
      return issue.format === 'url'
        ? 'is not a web address\nStart it with `https://`.'
        : 'is not written rightly'
    default:
      return 'is not right'
  }
}

const kinds: Record<string, string> = {
  string: 'text\nWrite it in quotation marks if it looks like something else.',
  number: 'a number\nWrite it in digits, without quotation marks.',
  int: 'a whole number\nWrite it in digits, without quotation marks.',
  boolean: '`true` or `false`',
  array: 'a list\nWrite one item a line, each after a hyphen, or `[one, two]`.',
  object: 'a group of `name: value` lines',
  record: 'a group of `name: value` lines',
}

function missing({ inst, path }: Issue): string {
  const meaning = inst instanceof z.ZodType ? z.globalRegistry.get(inst)?.description : undefined
  const field = path?.findLast(key => typeof key === 'string')
  return `is missing\n${field ? `Add \`${field}:\`` : 'Write it'}${meaning ? `, ${meaning}` : ''}.`
}

function unknownKeys(keys: readonly string[], known: readonly string[]): string {
  const remedies = keys.map(key => didYouMean(key, known) ?? `Take '${key}' out.`)
  return `has ${list(keys)}, which means nothing here\n${[...new Set(remedies)].join(' ')}`
}

const knownKeys = (inst: unknown) => (inst instanceof z.ZodObject ? Object.keys(inst.def.shape) : [])

function notOneOf(input: unknown, values: readonly string[], issue: Issue): string {
  if (input === undefined) return missing(issue)
  const choose = `Choose one of ${list(values)}.`
  if (typeof input !== 'string') return `cannot be this\n${choose}`
  return `cannot be '${input}'\n${didYouMean(input, values) ?? choose}`
}

/** What stands under the key by which a union of shapes tells them apart. */
function chosenBy(issue: Issue): unknown {
  const key = 'discriminator' in issue ? String(issue.discriminator) : ''
  return (issue.input as Record<string, unknown> | null)?.[key]
}

function discriminators(inst: unknown): string[] {
  if (!(inst instanceof z.ZodDiscriminatedUnion)) return []
  return [...(inst._zod.propValues[inst.def.discriminator] ?? [])].map(String)
}

function tooSmall({ origin, minimum, input }: Issue & { code: 'too_small' }): string {
  if (origin === 'string') return 'is empty\nWrite it, or take the line out if it may be left out.'
  if (origin === 'array')
    return Number(minimum) === 1 ? 'is an empty list\nAdd an item.' : `needs ${minimum} items`
  return `is ${String(input)}, and ${minimum} is the least`
}

function tooBig({ origin, maximum, input }: Issue & { code: 'too_big' }): string {
  if (origin === 'string')
    return `has ${String(input).trim().length} characters, and ${maximum} is the most\nShorten it.`
  if (origin === 'array') return `has ${(input as unknown[]).length} items, and ${maximum} is the most`
  return `is ${String(input)}, and ${maximum} is the most`
}
