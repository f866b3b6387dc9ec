import type { Question } from '../questions/question.ts'
import { type Addition, fileWith, newFile, readQuizFile } from './add-to-file.ts'
import { readAiken } from './aiken.ts'
import { decode } from './decode.ts'
import { readGift } from './gift/read-gift.ts'
import type { Taking } from './markup/sayable.ts'
import { readMoodleXml } from './moodle-xml/read-moodle-xml.ts'
import { readPackage } from './qti3/package.ts'
import { readQti3 } from './qti3/read-qti3.ts'
import { type Found, type Reading, Refusal, type Skip } from './reading.ts'
import { sectionMeant } from './section.ts'
import { nameFrom } from './tags.ts'
import { fingerprint } from './twins.ts'
import { isZip } from './qti3/zip.ts'

export const importFormats = ['gift', 'aiken', 'moodle-xml', 'qti3'] as const
export type ImportFormat = (typeof importFormats)[number]

/** What became of a file. */
export type Imported = {
  /** How many questions could be read, those that stand there already included. */
  readonly readable: number
  /** How many came in. */
  readonly imported: number
  /** Questions that did not come in, and why. */
  readonly skipped: readonly Skip[]
  /** Parts of questions that came in without them, or otherwise than they were. */
  readonly skippedParts: readonly Skip[]
  /** How the file was encoded; null for a package. */
  readonly encoding: string | null
  /** Ids of the questions that came in. */
  readonly questions: readonly string[]
  /** The quiz file as it is to be written; null where nothing changes. */
  readonly text: string | null
}

/** Where questions go: a quiz file and what stands in it, if it is there; and the section that is named. */
export type Target = {
  readonly file: string
  readonly text: string | null
  readonly section?: string | undefined
}

/**
 * Reads questions from a file of another system, and adds those that are sound and not there yet to a quiz file, whose
 * new text it answers with. It writes nothing, and the new text has been checked as the site checks it.
 * @throws Refusal when the file can't be read at all, or the quiz file has mistakes in it
 */
export function importQuestions(
  bytes: Uint8Array,
  format: ImportFormat,
  target: Target,
  hasPicture: Taking['hasPicture'],
): Imported {
  const { standing, section } = standingIn(target)
  const { reading, encoding } = read(bytes, format, hasPicture)
  if (reading.found.length + reading.skipped.length === 0)
    throw new Refusal(
      'there is no question in the file',
      'Look whether it is the right file, and the right format.',
    )
  const { additions, twins } = named(reading.found, standing)
  const text =
    additions.length > 0
      ? written(
          target,
          additions.map(({ addition }) => addition),
          section,
        )
      : null
  return {
    readable: reading.found.length,
    imported: additions.length,
    skipped: [...reading.skipped, ...twins].toSorted((a, b) => a.line - b.line),
    skippedParts: additions.flatMap(({ found }) => found.parts),
    ...{ encoding, questions: additions.map(({ addition }) => addition.id), text },
  }
}

/** The questions that are there already, and the place of the section that is meant. */
function standingIn({ file, text, section }: Target): {
  standing: readonly Question[]
  section: number | null
} {
  if (text === null) return { standing: [], section: sectionMeant(undefined, section) }
  const { value, problems } = readQuizFile(file, text)
  const [problem] = problems
  if (!value)
    throw new Refusal(
      `${file}:${problem?.line ?? 1} has a mistake in it: ${problem?.reason ?? 'it can’t be read'}`,
      `${problem?.remedy ?? ''} Nothing is added to it before it is sound.`.trim(),
    )
  const { questions = [], sections } = value
  return {
    standing: [...questions, ...(sections ?? []).flatMap(part => part.questions ?? [])],
    section: sectionMeant(
      sections?.map(({ title }) => title),
      section,
    ),
  }
}

function read(
  bytes: Uint8Array,
  format: ImportFormat,
  hasPicture: Taking['hasPicture'],
): { reading: Reading; encoding: string | null } {
  if (isZip(bytes)) {
    if (format === 'qti3') return { reading: readPackage(bytes, hasPicture), encoding: null }
    throw new Refusal('the file is a package', 'Unpack it, and import the file in it.')
  }
  const { text, encoding } = decode(bytes)
  switch (format) {
    case 'gift':
      return { reading: readGift(text, hasPicture), encoding }
    case 'aiken':
      return { reading: readAiken(text), encoding }
    case 'moodle-xml':
      return { reading: readMoodleXml(text, hasPicture), encoding }
    case 'qti3':
      return { reading: readQti3(text, hasPicture), encoding }
  }
}

type Named = { readonly addition: Addition; readonly found: Found }

/** Gives each question an id that nobody has, and leaves out those that are there already. */
function named(
  found: readonly Found[],
  standing: readonly Question[],
): { additions: Named[]; twins: Skip[] } {
  const ids = new Set(standing.map(({ id }) => id))
  const known = new Map(standing.map(question => [fingerprint(question), question.id]))
  const counts = new Map<string, number>()
  const additions: Named[] = []
  const twins: Skip[] = []
  for (const one of found) {
    const print = fingerprint(one.question)
    const twin = known.get(print)
    if (twin !== undefined) {
      twins.push({
        ...{ line: one.line, reason: `it stands there already, as '${twin}'` },
        remedy: 'Nothing needs doing. If it is another question, say so in its words.',
      })
      continue
    }
    const id = freeName(
      nameFrom(one.name, 60) || nameFrom(wordsOf(one.question), 40) || 'question',
      ids,
      counts,
    )
    known.set(print, id)
    additions.push({ addition: { id, ...one.draft }, found: one })
  }
  return { additions, twins }
}

/** What tells a question from others: of a text with gaps, which often asks nothing more, the text. */
const wordsOf = (question: Question) => (question.kind === 'gaps' ? question.pieces.join(' ') : question.stem)

function freeName(wanted: string, ids: Set<string>, counts: Map<string, number>): string {
  let number = counts.get(wanted) ?? 1
  const name = () => (number === 1 ? wanted : `${wanted}-${number}`)
  while (ids.has(name())) number++
  counts.set(wanted, number)
  ids.add(name())
  return name()
}

/** @throws Error when what would be written is not sound, which the checks before rule out */
function written({ file, text }: Target, additions: readonly Addition[], section: number | null): string {
  const whole = text === null ? newFile(additions) : fileWith(text, additions, section)
  const { value, problems } = readQuizFile(file, whole)
  if (!value || problems.length > 0)
    throw new Refusal(
      `the quiz would not be sound: ${problems[0]?.reason ?? 'it can’t be read'}`,
      'Nothing was written. Add a list of `questions:` to the file, and try again.',
    )
  return whole
}
