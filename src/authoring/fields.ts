import { z } from 'zod'

/** A field of a file, as the reference tells it. */
export type Field = {
  /** `reflection.rubric`, `questions[].stem` */
  readonly name: string
  /** What it means, from its schema. */
  readonly words: string
  readonly required: boolean
  /** What may stand there: `text`, `a list`, or the words to choose from. */
  readonly takes: string
  /** What holds where it is left out. */
  readonly otherwise: string | undefined
}

type Json = z.core.JSONSchema.JSONSchema

/** The fields that a file may have, those within others after them, read from the very schema that checks it. */
export function fieldsOf(schema: z.ZodType): Field[] {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' })
  return [...fieldsIn(json, ''), ...fieldsIn(namedOf(json), '<name>.')]
}

function fieldsIn(json: Json, within: string): Field[] {
  const required = new Set(json.required ?? [])
  return Object.entries(json.properties ?? {}).flatMap(([key, value]) => {
    if (typeof value === 'boolean') return []
    const name = within + key
    const field = {
      ...{ name, words: value.description ?? '', required: required.has(key), takes: takes(value) },
      otherwise: plainly(value.default),
    }
    return [
      field,
      ...fieldsIn(value, `${name}.`),
      ...fieldsIn(itemsOf(value), `${name}[].`),
      ...fieldsIn(namedOf(value), `${name}.<name>.`),
    ]
  })
}

const plainly = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined

const namedOf = ({ additionalProperties }: Json): Json =>
  typeof additionalProperties === 'object' ? additionalProperties : {}

const itemsOf = ({ items }: Json): Json =>
  typeof items === 'object' && !Array.isArray(items) && !items.anyOf && !items.oneOf ? items : {}

function takes({ type, enum: values, const: value, minimum, maximum, maxLength, maxItems }: Json): string {
  if (value !== undefined) return `\`${JSON.stringify(value)}\``
  if (values) return `one of ${values.map(String).join(', ')}`
  switch (type) {
    case 'string':
      return maxLength ? `text of at most ${maxLength.toLocaleString('en-GB')} characters` : 'text'
    case 'integer':
    case 'number':
      return minimum !== undefined && maximum !== undefined && maximum < 1e9
        ? `a number from ${minimum} to ${maximum}`
        : 'a number'
    case 'boolean':
      return 'true or false'
    case 'array':
      return maxItems ? `a list of at most ${maxItems}` : 'a list'
    case 'object':
      return 'a group'
    default:
      return 'see the examples'
  }
}
