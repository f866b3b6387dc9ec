import type { Command } from 'commander'
import { ZodError, type z } from 'zod'
import { ContentProblems } from '../authoring/problem.ts'
import { BadSetting } from '../env.ts'
import { forPeople, Invalid, NotFound } from '../errors.ts'
import { NoDatabase, withDatabase } from '../serve/database.ts'

/** What a command answers: as JSON for scripts, and as a line or several for people. */
export interface Answer {
  json: unknown
  words: string
  /** The exit code; 0 unless said. */
  code?: number
}

/** What was given of a command's options, by their long names. */
export type Options = Readonly<Record<string, string | undefined>>

/**
 * Makes `work` what `command` does: with the database open, its answer printed as asked, and an error that is meant
 * for people as one sentence and exit code 1.
 */
export function answers(
  command: Command,
  work: (options: Options, args: string[]) => Promise<Answer> | Answer,
  { database = true }: { database?: boolean | ((args: string[]) => boolean) } = {},
): Command {
  return command.option('--json', 'answer with JSON').action(async () => {
    const options = command.opts<Options & { json?: boolean }>()
    const run = () => work(options, command.args)
    try {
      const needed = typeof database === 'function' ? database(command.args) : database
      tell(needed ? await withDatabase(async () => run()) : await run(), options.json)
    } catch (error) {
      if (!isForPeople(error)) throw error
      tell({ json: { error: sentenceOf(error) }, words: sentenceOf(error), code: 1 }, options.json)
    }
  })
}

function tell({ json, words, code = 0 }: Answer, asJson: boolean | undefined): void {
  const line = asJson ? JSON.stringify(json) : words
  const stream = code === 0 || asJson ? process.stdout : process.stderr
  stream.write(`${line}\n`)
  process.exitCode = code
}

const isForPeople = (error: unknown): error is Error =>
  forPeople(error) ||
  error instanceof ZodError ||
  error instanceof BadSetting ||
  error instanceof NoDatabase ||
  error instanceof ContentProblems

/** Names the option that is wrong, since there is no field to stand beside. */
function sentenceOf(error: Error): string {
  if (error instanceof ZodError)
    return error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`).join('\n')
  if (error instanceof Invalid)
    return Object.entries(error.fields)
      .map(([field, sentence]) => (field ? `${field}: ${sentence}` : sentence))
      .join('\n')
  return error.message
}

/** Options in the shape of a form's schema. @throws ZodError, told as a sentence for each option */
export const readOptions = <S extends z.ZodType>(schema: S, options: unknown): z.output<S> =>
  schema.parse(options)

/** What was given with commas between: `a, b` is two words. */
export const wordsOf = (given: string | undefined): string[] =>
  (given ?? '')
    .split(',')
    .map(word => word.trim())
    .filter(word => word !== '')

/** The number by which a list names something. @throws NotFound when it is none */
export function numberOf(given: string): number {
  if (!/^\d{1,15}$/.test(given)) throw new NotFound(`“${given}” is not a number of one.`)
  return Number(given)
}
