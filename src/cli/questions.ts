import type { Command } from 'commander'
import { readFileSync, statSync } from 'node:fs'
import { z } from 'zod'
import { content } from '../authoring/content.ts'
import { NotFound } from '../errors.ts'
import { mostBytes } from '../quizzes/exchange/decode.ts'
import { chosenQuizzes, exportFormats, exportQuestions } from '../quizzes/exchange/export.ts'
import { type Imported, importFormats, importQuestions } from '../quizzes/exchange/import.ts'
import type { LeftOutCount } from '../quizzes/exchange/leaving-out.ts'
import { hasPicture, quizFileOf, writeWhole } from '../quizzes/exchange/quiz-file.ts'
import { Refusal, type Skip } from '../quizzes/exchange/reading.ts'
import { type Answer, answers, type Options, readOptions } from './command.ts'

const importOptions = z.object({
  format: z.enum(importFormats),
  course: z.string(),
  module: z.string(),
  section: z.string().optional(),
  dryRun: z.boolean().default(false),
})

const exportOptions = z.object({
  format: z.enum(exportFormats),
  course: z.string().optional(),
  module: z.string().optional(),
  out: z.string(),
})

export function questionCommands(program: Command): void {
  answers(
    program
      .command('import <file>')
      .description('add questions of another system to a module’s quiz file')
      .requiredOption('--format <format>', importFormats.join(', '))
      .requiredOption('--course <course>', 'folder of the course, such as moderator-training')
      .requiredOption('--module <module>', 'name of the module, without its number')
      .option('--section <title>', 'which section of a quiz that has sections')
      .option('--dry-run', 'only tell what would come in, and what would not'),
    bringIn,
    { database: false },
  )
  const exporting = program.command('export').description('what other systems can read')
  answers(
    exporting
      .command('questions')
      .description('write questions to a file: GIFT, a QTI 3 package, or a table')
      .requiredOption('--format <format>', exportFormats.join(', '))
      .option('--course <course>', 'of one course only')
      .option('--module <module>', 'of one of its modules only')
      .requiredOption('--out <file>', 'where to write it'),
    bringOut,
    { database: false },
  )
}

function bringIn(options: Options, [file = '']: string[]): Answer {
  const { format, course, module, section, dryRun } = readOptions(importOptions, options)
  const target = { ...quizFileOf('content', course, module), section }
  try {
    const { text, ...made } = importQuestions(bytesOf(file), format, target, hasPicture('content'))
    if (text !== null && !dryRun) writeWhole(target.file, text)
    return {
      json: { ...made, file: target.file, dryRun },
      words: wordsFor(made, { from: file, to: target.file, dryRun }),
      code: made.readable === 0 ? 1 : 0,
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const skip = { line: error.line ?? 1, reason: error.message, remedy: error.remedy }
    return { json: { imported: 0, skipped: [skip] }, words: sentence(file, skip), code: 1 }
  }
}

/** @throws NotFound where there is no file, Refusal where it is too large to be looked at */
function bytesOf(file: string): Uint8Array {
  const found = statSync(file, { throwIfNoEntry: false })
  if (!found?.isFile()) throw new NotFound(`There is no file '${file}'.`)
  if (found.size > mostBytes)
    throw new Refusal(
      `the file has ${(found.size / 1024 / 1024).toFixed(1)} MB, and ${mostBytes / 1024 / 1024} MB is the most`,
      'Import it in several files, and pictures apart.',
    )
  return readFileSync(file)
}

function wordsFor(
  { imported, skipped, skippedParts, encoding }: Omit<Imported, 'text'>,
  { from, to, dryRun }: { from: string; to: string; dryRun: boolean },
): string {
  return [
    `${dryRun ? 'Would add' : 'Added'} ${count(imported, 'question')} to ${to} (read as ${encoding ?? 'a package'}).`,
    ...listed(`${count(skipped.length, 'question')} left out:`, from, skipped),
    ...listed(`${count(skippedParts.length, 'part')} left out of those that came in:`, from, skippedParts),
  ].join('\n')
}

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`

const listed = (heading: string, file: string, skips: readonly Skip[]) =>
  skips.length > 0 ? [heading, ...skips.map(skip => `  ${sentence(file, skip)}`)] : []

const sentence = (file: string, { line, reason, remedy }: Skip) =>
  `${file}:${line}: ${reason}. ${remedy}`.trim()

function bringOut(options: Options): Answer {
  const { format, out, ...chosen } = readOptions(exportOptions, options)
  const quizzes = chosenQuizzes([...content().quizzes.values()], chosen)
  const { bytes, exported, leftOut } = exportQuestions(quizzes, format, content().pictures)
  writeWhole(out, bytes)
  return {
    json: { exported, leftOut, file: out },
    words: [`Wrote ${count(exported, 'question')} to ${out}.`, ...leftOut.map(leftOutWords)].join('\n'),
  }
}

const leftOutWords = ({ what, count: number, questions }: LeftOutCount) =>
  questions
    ? `  ${count(number, 'question')} left out: ${what}.`
    : `  Of ${count(number, 'question')} left out: ${what}.`
