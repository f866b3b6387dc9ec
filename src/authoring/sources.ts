import type { z } from 'zod'
import { files, type Place, type Said } from './files.ts'
import { readLesson, type Body } from './lesson.ts'
import { type Memory, remembering } from './memory.ts'
import type { Report } from './problem.ts'
import type { Shelf, SourceFile } from './shelf.ts'
import { readYaml, type Written } from './written.ts'

/** What one file says, under the id that its place gives it. */
export type Source<T> = Written<T> & { readonly id: string }

export type ModuleSource = LessonSource<Said<'modules'>> & {
  readonly course: string
  readonly slug: string
  /** The number in the file's name. */
  readonly number: number
}

/** A page: its particulars, and what there is to know of its body unless it cannot be read. */
export type LessonSource<T> = Source<T> & { readonly body: Body | undefined }

/** Everything in `content/`, file by file; whether it fits together is checked later. */
export type Sources = {
  readonly courses: readonly Source<Said<'courses'>>[]
  readonly modules: readonly ModuleSource[]
  /** By course. */
  readonly calibrations: readonly Source<Said<'calibrations'>>[]
  readonly banks: readonly Source<Said<'banks'>>[]
  readonly quizzes: readonly Source<Said<'quizzes'>>[]
  readonly guides: readonly LessonSource<Said<'guides'>>[]
  readonly badges: readonly Source<Said<'badges'>>[]
  readonly rubrics: readonly Source<Said<'rubrics'>>[]
  readonly checklists: readonly Source<Said<'checklists'>>[]
  readonly evidenceKinds: Written<Said<'evidence'>> | undefined
  readonly helplines: Written<Said<'helplines'>> | undefined
  readonly discussions: Written<Said<'discussions'>> | undefined
  readonly reasons: Written<Said<'reasons'>> | undefined
  readonly reports: Written<Said<'reports'>> | undefined
  readonly crisisWords: Written<Said<'crisis-words'>> | undefined
  /** Undefined where there is no such file, as the next. */
  readonly issuer: Written<Said<'issuer'>> | undefined
  readonly renamed: Written<Said<'renamed'>> | undefined
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
  readonly checklists: ReadonlySet<string>
  /** Undefined when the evidence file could not be read. */
  readonly evidenceKinds: ReadonlySet<string> | undefined
}

/** Reads every file on the shelf and reports what is wrong inside each. */
export function readSources(shelf: Shelf, folder: string, report: Report, memory?: Memory): Sources {
  const read = <T>(place: Place, schema: z.ZodType<T>) =>
    shelf[place].flatMap(file =>
      remembering(memory, file, report, report => readSource(file, schema, report)),
    )
  const evidenceKinds = readOnly(shelf, 'evidence', files.evidence.schema, folder, report)
  return {
    courses: read('courses', files.courses.schema),
    modules: shelf.modules.flatMap(file =>
      remembering(memory, file, report, report => readModule(file, report)),
    ),
    calibrations: read('calibrations', files.calibrations.schema),
    banks: read('banks', files.banks.schema),
    quizzes: read('quizzes', files.quizzes.schema),
    guides: shelf.guides.flatMap(file =>
      remembering(memory, file, report, report => readGuide(file, report)),
    ),
    badges: read('badges', files.badges.schema),
    rubrics: read('rubrics', files.rubrics.schema),
    checklists: read('checklists', files.checklists.schema),
    evidenceKinds,
    helplines: readOnly(shelf, 'helplines', files.helplines.schema, folder, report),
    discussions: readOnly(shelf, 'discussions', files.discussions.schema, folder, report),
    reasons: readOnly(shelf, 'reasons', files.reasons.schema, folder, report),
    reports: readOnly(shelf, 'reports', files.reports.schema, folder, report),
    crisisWords: readOnly(shelf, 'crisis-words', files['crisis-words'].schema, folder, report),
    issuer: shelf.issuer[0] && readYaml(shelf.issuer[0], files.issuer.schema, report),
    renamed: shelf.renamed[0] && readYaml(shelf.renamed[0], files.renamed.schema, report),
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
  const lesson = readLesson(file, files.modules.schema, report)
  if (!slug || !lesson) return []
  return [{ ...lesson, id: `${course}/${slug}`, course, slug, number: Number(number) }]
}

const numbered = /^(\d{2,3})-(.+)$/

function readGuide(file: SourceFile, report: Report): Sources['guides'][number][] {
  const lesson = readLesson(file, files.guides.schema, report)
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
  checklists: new Set(shelf.checklists.map(idOf)),
})
