import { z } from 'zod'
import { Invalid } from '../errors.ts'

/** What the parser does with text before any rule sees it: line ends as in the database, and no NUL, which PostgreSQL refuses. */
const tidy = (text: string) => text.replaceAll('\r\n', '\n').replaceAll('\0', '')

const textOf = (value: FormDataEntryValue) => (typeof value === 'string' ? tidy(value) : '')

/** What a field's rule is about, without its being optional. */
const inner = (schema: z.core.$ZodType): z.core.$ZodType =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable
    ? inner(schema.def.innerType)
    : schema

/**
 * A form's fields in the shape of `schema`: lists where it wants lists, and for a record all fields named
 * `record.key`. Fields that the schema does not know are left out.
 */
function fieldsOf(schema: z.ZodObject, form: FormData): Record<string, unknown> {
  const rules = Object.entries<z.core.$ZodType>(schema.shape)
  const fields = rules.map(([name, rule]): [string, unknown] => {
    const shape = inner(rule)
    if (shape instanceof z.ZodArray) return [name, form.getAll(name).map(textOf)]
    if (shape instanceof z.ZodRecord) return [name, recordOf(name, shape, form)]
    const value = form.get(name)
    return [name, value === null ? undefined : textOf(value)]
  })
  return Object.fromEntries<unknown>(fields)
}

function recordOf(name: string, record: z.ZodRecord, form: FormData) {
  const keys = [...new Set(form.keys())].filter(key => key.startsWith(`${name}.`))
  const lists = record.valueType instanceof z.ZodArray
  return Object.fromEntries(
    keys.map(key => [
      key.slice(name.length + 1),
      lists ? form.getAll(key).map(textOf) : textOf(form.get(key) ?? ''),
    ]),
  )
}

/** A sentence for what zod found wrong, where the rule brings none of its own. */
function sentence(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'too_big':
      if (issue.origin === 'string')
        return `Please keep this to ${Number(issue.maximum).toLocaleString('en')} characters.`
      if (issue.origin === 'array') return `Please choose at most ${issue.maximum}.`
      return `Please give at most ${issue.maximum}.`
    case 'too_small':
      if (issue.origin === 'string')
        return issue.minimum === 1
          ? 'Please fill this in.'
          : `Please write at least ${issue.minimum} characters.`
      if (issue.origin === 'array') return `Please choose at least ${issue.minimum}.`
      return `Please give at least ${issue.minimum}.`
    case 'invalid_type':
      return issue.input === undefined ? 'Please fill this in.' : 'Please check this.'
    case 'invalid_value':
      return 'Please choose one of these.'
    default:
      return 'Please check this.'
  }
}

/**
 * Reads a posted form by `schema`.
 * @throws Invalid with a sentence for each field that can't be taken
 */
export function readForm<S extends z.ZodObject>(schema: S, form: FormData): z.output<S> {
  const result = schema.safeParse(fieldsOf(schema, form), {
    error: issue => (issue.message === undefined ? sentence(issue as z.core.$ZodIssue) : undefined),
  })
  if (result.success) return result.data
  const fields: Record<string, string> = {}
  for (const issue of result.error.issues) fields[issue.path.join('.')] ??= issue.message
  throw new Invalid(fields)
}

/** What was posted, to be put back into the form: the last of each field's values, and all of them for lists. */
export function postedValues(form: FormData): Record<string, string[]> {
  const values: Record<string, string[]> = {}
  for (const name of new Set(form.keys())) {
    if (/password/i.test(name)) continue
    values[name] = form.getAll(name).map(textOf)
  }
  return values
}

/** Fields that hold what people write in their own words, be it a single one; and those that hold a choice, however long. */
const wordFields = new Set(['markdown', 'feedback', 'title', 'line', 'note', 'reason', 'words', 'statement'])
const choiceFields = new Set(['contentNote', 'timeZone'])

/** What a person wrote into a form, and not the names of things or what they chose. */
export const writtenIn = (values: Record<string, string[]>): { name: string; value: string }[] =>
  Object.entries(values)
    .filter(([name]) => !choiceFields.has(name))
    .flatMap(([name, all]) => all.map(value => ({ name, value })))
    .filter(({ name, value }) => (wordFields.has(name) ? value.trim() !== '' : /\S\s+\S/.test(value)))
