import { isMap, isPair, isScalar, isSeq, parseDocument, type Document, type YAMLError } from 'yaml'
import { z } from 'zod'
import type { Report } from './problem.ts'
import { inWords } from './wording.ts'

export type Path = readonly PropertyKey[]

/** What a file says, and the line on which it says it. */
export type Written<T> = {
  readonly file: string
  /** All of it, when nothing is wrong with it. */
  readonly value: T | undefined
  /** Of its fields those that are as they should be, for checking what they say of other files all the same. */
  readonly sound: Partial<T>
  /** The line (from 1) of what stands at `path`, or of the nearest thing around it. */
  readonly lineOf: LineOf
  /** All that stands in it, as YAML says it and before anything is made of it. */
  readonly data: unknown
}

/** The line of what stands at `path`; with `words`, the line from there on that says them, if any does. */
type LineOf = (path: Path, words?: string) => number

/**
 * Reads YAML by `schema` and reports everything that is wrong with it; undefined when it is no YAML.
 * `before` is the number of lines that stand above the YAML in its file.
 */
export function readYaml<T>(
  { file, text, before = 0 }: { file: string; text: string; before?: number },
  schema: z.ZodType<T>,
  report: Report,
): Written<T> | undefined {
  const document = parseDocument(text, { prettyErrors: false })
  // Counted only when there is something to tell: the parser's own counter takes a fifth of its time.
  const lineAt = (offset: number) => before + text.slice(0, offset).split('\n').length
  const lineOf: LineOf = (path, words = '') => {
    const offset = offsetOf(document, path)
    return lineAt(Math.max(offset, text.indexOf(words, offset)))
  }
  const [broken] = document.errors
  if (broken) {
    reportSyntax(broken, lineAt(broken.pos[0]), file, report)
    return undefined
  }
  const data = dataOf(document)
  if (data instanceof Error) {
    report(file, lineOf([]), `the YAML cannot be read (${data.message.toLowerCase()})`, unplain)
    return undefined
  }
  const reading = schema.safeParse(data, { error: inWords })
  if (reading.success) return { file, value: reading.data, sound: reading.data, lineOf, data }
  reading.error.issues.forEach(issue => reportIssue(issue, file, lineOf, report))
  return { file, value: undefined, sound: soundFields(schema, data), lineOf, data }
}

/** What the YAML says; names for parts of it (`&a`, `*a`) that lead nowhere, or on and on, are found out only here. */
function dataOf(document: Document): unknown {
  try {
    return document.toJS()
  } catch (error) {
    if (error instanceof ReferenceError) return error
    throw error
  }
}

const unplain =
  'Check the indentation, and put text that contains `: ` or begins with `@`, `*`, `"` or `-` under `>-`.'

function soundFields<T>(schema: z.ZodType<T>, data: unknown): Partial<T> {
  if (!(schema instanceof z.ZodObject) || typeof data !== 'object' || data === null) return {}
  const fields = Object.entries(schema.shape as Record<string, z.ZodType>).flatMap(([name, field]) => {
    const reading = field.safeParse((data as Record<string, unknown>)[name])
    return reading.success ? [[name, reading.data]] : []
  })
  return Object.fromEntries(fields) as Partial<T>
}

function reportSyntax(error: YAMLError, line: number, file: string, report: Report) {
  if (error.code === 'DUPLICATE_KEY')
    report(file, line, 'the same name stands here twice', 'Keep one of the two.')
  else report(file, line, `the YAML cannot be read (${error.message.toLowerCase()})`, unplain)
}

function reportIssue(
  issue: z.core.$ZodIssue,
  file: string,
  lineOf: Written<unknown>['lineOf'],
  report: Report,
) {
  const [predicate = '', remedy = ''] = issue.message.split('\n')
  const unknownKey = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
  report(file, lineOf([...issue.path, ...unknownKey]), `${subject(issue.path)} ${predicate}`, remedy)
}

/** What a problem is about: the file, a field, or an item of a list. */
function subject(path: Path): string {
  const last = path.at(-1)
  if (last === undefined) return 'the file'
  if (typeof last !== 'number') return `\`${String(last)}\``
  return `item ${last + 1} of \`${String(path.at(-2) ?? 'the list')}\``
}

/** Where in the text the thing at `path` begins, or the innermost thing around it that is there. */
function offsetOf(document: Document, path: Path): number {
  let node: unknown = document.contents
  let offset = startOf(node)
  for (const key of path) {
    const next = child(node, key)
    if (!next) break
    offset = startOf(isPair(next) ? next.key : next) ?? offset
    node = isPair(next) ? next.value : next
  }
  return offset ?? 0
}

function child(node: unknown, key: PropertyKey) {
  if (isMap(node))
    return node.items.find(pair => isScalar(pair.key) && String(pair.key.value) === String(key))
  if (isSeq(node)) return node.items[Number(key)]
  return undefined
}

const startOf = (node: unknown) => (node as { range?: [number, number, number] } | null)?.range?.[0]
