import { readFileSync } from 'node:fs'
import { didYouMean } from '../../authoring/nearest.ts'
import type { Picture } from '../../authoring/pictures.ts'
import { NotFound } from '../../errors.ts'
import type { Quiz } from '../quiz.ts'
import type { LeftOutCount } from './leaving-out.ts'
import { picturesIn } from './markup/write-xml.ts'
import { packaged } from './qti3/package.ts'
import { writeCsv } from './write-csv.ts'
import { writeGift } from './gift/write-gift.ts'
import { writeQti3 } from './qti3/write-qti3.ts'

export const exportFormats = ['gift', 'qti3', 'csv'] as const
export type ExportFormat = (typeof exportFormats)[number]

export type Exported = {
  readonly bytes: Uint8Array
  readonly exported: number
  readonly leftOut: readonly LeftOutCount[]
}

/** Questions in the format of another system, with what it can't carry. QTI 3 comes as a package, pictures included. */
export function exportQuestions(
  quizzes: readonly Pick<Quiz, 'id' | 'questions'>[],
  format: ExportFormat,
  pictures: ReadonlyMap<string, Pick<Picture, 'file'>>,
): Exported {
  // Several quizzes may draw from one bank.
  const questions = [...new Set(quizzes.flatMap(quiz => quiz.questions))]
  switch (format) {
    case 'gift': {
      const { text, written, leftOut } = writeGift(questions)
      return { bytes: Buffer.from(text), exported: written, leftOut }
    }
    case 'qti3': {
      const { items, leftOut } = writeQti3(questions)
      const placeOf = new Map(
        quizzes.flatMap(({ id, questions: those }) => those.map(question => [question, id] as const)),
      )
      const packed = items.map(({ question, xml }) => ({
        ...{ folder: `items/${placeOf.get(question) ?? ''}`, name: question.id, xml },
        pictures: new Map(picturesIn(xml).map(name => [name, readFileSync(pictures.get(name)!.file)])),
      }))
      return { bytes: packaged(packed), exported: items.length, leftOut }
    }
    case 'csv':
      return { bytes: Buffer.from(writeCsv(quizzes)), exported: questions.length, leftOut: [] }
  }
}

/** Quizzes of a course, or of one of its modules; all of them, the checks of guides included, where neither is named. */
export function chosenQuizzes(
  quizzes: readonly Quiz[],
  { course, module }: { course?: string | undefined; module?: string | undefined },
): readonly Quiz[] {
  if (course === undefined) return quizzes
  const ofCourse = quizzes.filter(({ id }) => id.startsWith(`${course}/`))
  if (ofCourse.length === 0)
    throw missing('course', course, new Set(quizzes.map(({ id }) => id.split('/')[0]!)))
  if (module === undefined) return ofCourse
  const ofModule = ofCourse.filter(({ id }) => id === `${course}/${module}`)
  if (ofModule.length === 0)
    throw missing(
      'module',
      module,
      ofCourse.map(({ id }) => id.split('/')[1]!),
    )
  return ofModule
}

const missing = (noun: string, name: string, names: Iterable<string>) =>
  new NotFound(`There is no quiz in a ${noun} '${name}'. ${didYouMean(name, names) ?? ''}`.trim())
