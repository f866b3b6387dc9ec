import type { Badge } from '../badges/badge.ts'
import { outlineOf, type Outline } from '../badges/outline.ts'
import type { Course, Module } from '../courses/course.ts'
import type { Helplines } from '../courses/helplines.ts'
import type { Rubric } from '../grading/rubric.ts'
import { inListOrder, type Guide } from '../guides/guide.ts'
import type { EvidenceKind } from '../practice/evidence-kind.ts'
import { asCheck, type Quiz } from '../quizzes/quiz.ts'
import { freeze } from './freeze.ts'
import type { GuideSource, ModuleSource, Source, Sources } from './sources.ts'

/** Everything authors wrote, checked, in order and frozen. The lookups answer undefined for what is not there. */
export type Content = {
  readonly courses: readonly Course[]
  readonly guides: readonly Guide[]
  /** By quiz id: those of modules and the checks of guides. */
  readonly quizzes: ReadonlyMap<string, Quiz>
  readonly rubrics: readonly Rubric[]
  readonly badges: readonly Badge[]
  readonly evidenceKinds: readonly EvidenceKind[]
  readonly helplines: Helplines
  /** What the judge of badges has to know. */
  readonly outline: Outline
  /** SHA-256 over every file, in hexadecimal: the same content, the same fingerprint. */
  readonly fingerprint: string
  readonly course: (id: string) => Course | undefined
  readonly module: (id: string) => Module | undefined
  readonly guide: (id: string) => Guide | undefined
  readonly quiz: (id: string) => Quiz | undefined
  readonly rubric: (id: string) => Rubric | undefined
  readonly badge: (id: string) => Badge | undefined
  readonly evidenceKind: (id: string) => EvidenceKind | undefined
}

/** Puts checked sources together. */
export function assemble(sources: Sources, helplines: Helplines, fingerprint: string): Content {
  const moduleQuizzes = byId(sources.quizzes.map(({ value }) => value))
  const courses = coursesFrom(sources, moduleQuizzes)
  const guides = inListOrder(sources.guides.map(guideFrom))
  const rubrics = valuesOf(sources.rubrics)
  const badges = inOrder(valuesOf(sources.badges))
  const { evidenceKinds } = sources
  const quizzes = new Map([...moduleQuizzes, ...byId(guides.map(({ check }) => check))])
  return freeze({
    ...{ courses, guides, quizzes, rubrics, badges, evidenceKinds, helplines, fingerprint },
    outline: outlineOf({ courses, badges, evidenceKinds }),
    course: lookup(courses),
    module: lookup(courses.flatMap(({ modules }) => modules)),
    guide: lookup(guides),
    quiz: (id: string) => quizzes.get(id),
    rubric: lookup(rubrics),
    badge: lookup(badges),
    evidenceKind: lookup(evidenceKinds),
  })
}

function coursesFrom({ courses, modules }: Sources, quizzes: ReadonlyMap<string, Quiz>): Course[] {
  const modulesOf = Map.groupBy(modules, ({ course }) => course)
  return inOrder(
    courses.map(({ id, value }) => ({
      ...{
        id,
        title: value.title,
        summary: value.summary,
        description: value.description,
        order: value.order,
      },
      requires: value.requires,
      promise: value.promise,
      modules: (modulesOf.get(id) ?? [])
        .toSorted((a, b) => a.number - b.number)
        .map((source, index) => moduleFrom(source, index + 1, quizzes.get(source.id))),
    })),
  )
}

function moduleFrom(
  { id, course, slug, value, body }: ModuleSource,
  number: number,
  quiz: Quiz | undefined,
): Module {
  const { requires, reflection, ...words } = value
  return {
    ...{ id, course, slug, number, ...words },
    requires: requires.map(required => `${course}/${required}`),
    reflection: reflection && {
      question: reflection.question,
      rubric: reflection.rubric,
      beforeOthers: reflection['before-others'],
    },
    quiz,
    ...body,
  }
}

const guideFrom = ({ id, value: { check, ...words }, body }: GuideSource): Guide => ({
  id,
  ...words,
  check: asCheck(id, check),
  ...body,
})

const valuesOf = <T>(sources: readonly Source<T>[]) => sources.map(({ value }) => value)

const inOrder = <T extends { order: number; id: string }>(things: readonly T[]) =>
  things.toSorted((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1))

const byId = <T extends { id: string }>(things: readonly T[]) =>
  new Map(things.map(thing => [thing.id, thing]))

function lookup<T extends { id: string }>(things: readonly T[]) {
  const found = byId(things)
  return (id: string) => found.get(id)
}
