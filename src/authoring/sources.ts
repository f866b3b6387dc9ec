import type { z } from 'zod'
import { asBadge, badgeSchema, type Badge } from '../badges/badge.ts'
import { courseSchema, moduleSchema } from '../courses/course.ts'
import { helplinesSchema, type Helplines } from '../courses/helplines.ts'
import { rubricSchema, type Rubric } from '../grading/rubric.ts'
import { guideSchema } from '../guides/guide.ts'
import { asEvidenceKinds, evidenceKindsSchema, type EvidenceKind } from '../practice/evidence-kind.ts'
import { asQuiz, quizSchema, type Quiz } from '../quizzes/quiz.ts'
import { readLesson, type Body } from './lesson.ts'
import type { Report } from './problem.ts'
import type { Place, Shelf, SourceFile } from './shelf.ts'
import { readYaml, type Written } from './written.ts'

/** What one file says, under the id that its place gives it. */
export type Source<T> = Written<T> & { readonly id: string }

export type ModuleSource = Source<z.output<typeof moduleSchema>> & {
  readonly course: string
  readonly slug: string
  /** The number in the file's name. */
  readonly number: number
  readonly body: Body
}
export type GuideSource = Source<z.output<typeof guideSchema>> & { readonly body: Body }

/** Everything in `content/`, file by file, each by itself as it should be; what fits what is checked later. */
export type Sources = {
  readonly courses: readonly Source<z.output<typeof courseSchema>>[]
  /** In the order of the courses' folders and of the numbers in the files' names. */
  readonly modules: readonly ModuleSource[]
  readonly quizzes: readonly Source<Quiz>[]
  readonly guides: readonly GuideSource[]
  readonly badges: readonly Source<Badge>[]
  readonly rubrics: readonly Source<Rubric>[]
  readonly evidenceKinds: readonly EvidenceKind[]
  readonly helplines: Helplines | undefined
  readonly names: Names
}

/** The ids there are, those of files with mistakes in them included: one mistake is told once. */
export type Names = {
  /** Courses by their folder. */
  readonly courses: ReadonlySet<string>
  /** Those of them that have a course.yaml. */
  readonly described: ReadonlySet<string>
  readonly modules: ReadonlySet<string>
  readonly guides: ReadonlySet<string>
  readonly badges: ReadonlySet<string>
  readonly rubrics: ReadonlySet<string>
  /** Undefined when the evidence file could not be read. */
  readonly evidenceKinds: ReadonlySet<string> | undefined
}

/** Reads every file on the shelf and reports what is wrong inside each. */
export function readSources(shelf: Shelf, folder: string, report: Report): Sources {
  const read = <T, U>(file: SourceFile, schema: z.ZodType<T>, build: (id: string, value: T) => U) =>
    readSource(file, schema, build, report)
  const evidence = readOnly(shelf, 'evidence', evidenceKindsSchema, folder, report)
  const evidenceKinds = evidence && asEvidenceKinds(evidence.value)
  return {
    courses: shelf.courses.flatMap(file => read(file, courseSchema, (_, value) => value)),
    modules: shelf.modules.flatMap(file => readModule(file, report)),
    quizzes: shelf.quizzes.flatMap(file => read(file, quizSchema, asQuiz)),
    guides: shelf.guides.flatMap(file => readGuide(file, report)),
    badges: shelf.badges.flatMap(file => read(file, badgeSchema, asBadge)),
    rubrics: shelf.rubrics.flatMap(file => read(file, rubricSchema, (id, value) => ({ id, ...value }))),
    evidenceKinds: evidenceKinds ?? [],
    helplines: readOnly(shelf, 'helplines', helplinesSchema, folder, report)?.value,
    names: { ...namesOn(shelf), evidenceKinds: evidenceKinds && new Set(evidenceKinds.map(({ id }) => id)) },
  }
}

const idOf = ({ names }: SourceFile) => names.join('/')

function readSource<T, U>(
  file: SourceFile,
  schema: z.ZodType<T>,
  build: (id: string, value: T) => U,
  report: Report,
): Source<U>[] {
  const id = idOf(file)
  const written = readYaml(file, schema, report)
  return written ? [{ ...written, id, value: build(id, written.value) }] : []
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
  const { front, body } = lesson
  return [{ ...front, id: `${course}/${slug}`, course, slug, number: Number(number), body }]
}

const numbered = /^(\d{2,3})-(.+)$/

function readGuide(file: SourceFile, report: Report): GuideSource[] {
  const lesson = readLesson(file, guideSchema, report)
  return lesson ? [{ ...lesson.front, id: idOf(file), body: lesson.body }] : []
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
  guides: new Set(shelf.guides.map(idOf)),
  badges: new Set(shelf.badges.map(idOf)),
  rubrics: new Set(shelf.rubrics.map(idOf)),
})
