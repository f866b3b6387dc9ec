import type { z } from 'zod'
import { badgeSchema } from '../badges/badge.ts'
import { courseSchema, moduleSchema } from '../courses/course.ts'
import { helplinesSchema, type Helplines } from '../courses/helplines.ts'
import { discussionsSchema } from '../discussions/choices.ts'
import { crisisWordsSchema } from '../discussions/composer/crisis-words.ts'
import { calibrationSchema, type CalibrationSource } from '../grading/calibration/anchors.ts'
import { rubricSchema } from '../grading/rubric.ts'
import { guideSchema } from '../guides/guide.ts'
import { evidenceKindsSchema } from '../practice/evidence-kind.ts'
import { bankSchema } from '../quizzes/bank.ts'
import { quizSchema } from '../quizzes/quiz.ts'
import { reportsSchema, type ReportReasons } from '../reports/reasons.ts'
import { readLesson, type Body } from './lesson.ts'
import { type Renamed, renamedSchema } from './renamed.ts'
import { type Memory, remembering } from './memory.ts'
import type { Report } from './problem.ts'
import type { Place, Shelf, SourceFile } from './shelf.ts'
import { readYaml, type Written } from './written.ts'

/** What one file says, under the id that its place gives it. */
export type Source<T> = Written<T> & { readonly id: string }

export type ModuleSource = LessonSource<z.output<typeof moduleSchema>> & {
  readonly course: string
  readonly slug: string
  /** The number in the file's name. */
  readonly number: number
}

/** A page: its particulars, and what there is to know of its body unless it cannot be read. */
export type LessonSource<T> = Source<T> & { readonly body: Body | undefined }

/** Everything in `content/`, file by file; whether it fits together is checked later. */
export type Sources = {
  readonly courses: readonly Source<z.output<typeof courseSchema>>[]
  readonly modules: readonly ModuleSource[]
  /** By course. */
  readonly calibrations: readonly Source<CalibrationSource>[]
  readonly banks: readonly Source<z.output<typeof bankSchema>>[]
  readonly quizzes: readonly Source<z.output<typeof quizSchema>>[]
  readonly guides: readonly LessonSource<z.output<typeof guideSchema>>[]
  readonly badges: readonly Source<z.output<typeof badgeSchema>>[]
  readonly rubrics: readonly Source<z.output<typeof rubricSchema>>[]
  readonly evidenceKinds: Written<z.output<typeof evidenceKindsSchema>> | undefined
  readonly helplines: Written<Helplines> | undefined
  readonly discussions: Written<z.output<typeof discussionsSchema>> | undefined
  readonly reports: Written<ReportReasons> | undefined
  readonly crisisWords: Written<z.output<typeof crisisWordsSchema>> | undefined
  /** Undefined where there is no such file. */
  readonly renamed: Written<Renamed> | undefined
  readonly names: Names
}

/** The ids there are, those of files with mistakes in them included: one mistake is told once. */
export type Names = {
  /** Courses by their folder. */
  readonly courses: ReadonlySet<string>
  /** Those of them that have a course.yaml. */
  readonly described: ReadonlySet<string>
  readonly modules: ReadonlySet<string>
  readonly banks: ReadonlySet<string>
  readonly guides: ReadonlySet<string>
  readonly badges: ReadonlySet<string>
  readonly rubrics: ReadonlySet<string>
  /** Undefined when the evidence file could not be read. */
  readonly evidenceKinds: ReadonlySet<string> | undefined
}

/** Reads every file on the shelf and reports what is wrong inside each. */
export function readSources(shelf: Shelf, folder: string, report: Report, memory?: Memory): Sources {
  const read = <T>(place: Place, schema: z.ZodType<T>) =>
    shelf[place].flatMap(file =>
      remembering(memory, file, report, report => readSource(file, schema, report)),
    )
  const evidenceKinds = readOnly(shelf, 'evidence', evidenceKindsSchema, folder, report)
  return {
    courses: read('courses', courseSchema),
    modules: shelf.modules.flatMap(file =>
      remembering(memory, file, report, report => readModule(file, report)),
    ),
    calibrations: read('calibrations', calibrationSchema),
    banks: read('banks', bankSchema),
    quizzes: read('quizzes', quizSchema),
    guides: shelf.guides.flatMap(file =>
      remembering(memory, file, report, report => readGuide(file, report)),
    ),
    badges: read('badges', badgeSchema),
    rubrics: read('rubrics', rubricSchema),
    evidenceKinds,
    helplines: readOnly(shelf, 'helplines', helplinesSchema, folder, report),
    discussions: readOnly(shelf, 'discussions', discussionsSchema, folder, report),
    reports: readOnly(shelf, 'reports', reportsSchema, folder, report),
    crisisWords: readOnly(shelf, 'crisis-words', crisisWordsSchema, folder, report),
    renamed: shelf.renamed[0] && readYaml(shelf.renamed[0], renamedSchema, report),
    names: {
      ...namesOn(shelf),
      evidenceKinds: evidenceKinds?.value && new Set(Object.keys(evidenceKinds.value)),
    },
  }
}

const idOf = ({ names }: SourceFile) => names.join('/')

function readSource<T>(file: SourceFile, schema: z.ZodType<T>, report: Report): Source<T>[] {
  const written = readYaml(file, schema, report)
  return written ? [{ ...written, id: idOf(file) }] : []
}

function readModule(file: SourceFile, report: Report): ModuleSource[] {
  const [course = '', name = ''] = file.names
  const [, number, slug] = numbered.exec(name) ?? []
  if (!slug)
    report(
      file.file,
      1,
      `'${name}' has no number`,
      'Begin its name with its place in the course: `03-….mdx`.',
    )
  const lesson = readLesson(file, moduleSchema, report)
  if (!slug || !lesson) return []
  return [{ ...lesson, id: `${course}/${slug}`, course, slug, number: Number(number) }]
}

const numbered = /^(\d{2,3})-(.+)$/

function readGuide(file: SourceFile, report: Report): Sources['guides'][number][] {
  const lesson = readLesson(file, guideSchema, report)
  return lesson ? [{ ...lesson, id: idOf(file) }] : []
}

/** Reads the one file of its kind, which must be there. */
function readOnly<T>(
  shelf: Shelf,
  place: Place,
  schema: z.ZodType<T>,
  folder: string,
  report: Report,
): Written<T> | undefined {
  const [file] = shelf[place]
  if (file) return readYaml(file, schema, report)
  report(`${folder}/${place}.yaml`, 1, 'the file is missing', 'The site needs it.')
  return undefined
}

const namesOn = (shelf: Shelf) => ({
  described: new Set(shelf.courses.map(idOf)),
  courses: new Set([...shelf.courses.map(idOf), ...shelf.modules.map(({ names }) => names[0] ?? '')]),
  modules: new Set(
    shelf.modules.map(({ names: [course, name = ''] }) => `${course}/${name.replace(numbered, '$2')}`),
  ),
  banks: new Set(shelf.banks.map(idOf)),
  guides: new Set(shelf.guides.map(idOf)),
  badges: new Set(shelf.badges.map(idOf)),
  rubrics: new Set(shelf.rubrics.map(idOf)),
})
