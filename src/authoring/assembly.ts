import { asBadge, type Badge } from '../badges/badge.ts'
import { outlineOf, type Outline } from '../badges/outline.ts'
import type { Reasons } from '../badges/holding/reason.ts'
import type { z } from 'zod'
import { completionFrom, repliesAsked } from '../courses/completion.ts'
import type { Course, courseSchema, Module, Reflection, ReflectionSource } from '../courses/course.ts'
import type { Helplines } from '../courses/helplines.ts'
import { asDiscussionChoices, type DiscussionChoices } from '../discussions/choices.ts'
import { asCalibration } from '../grading/calibration/anchors.ts'
import type { Rubric } from '../grading/rubric.ts'
import { inListOrder, type Guide } from '../guides/guide.ts'
import type { Checklist } from '../practice/checklist.ts'
import { asEvidenceKinds, type EvidenceKind } from '../practice/evidence-kind.ts'
import { asBank } from '../quizzes/bank.ts'
import { asCheck, asQuiz, type Quiz } from '../quizzes/quiz.ts'
import type { ReportReasons } from '../reports/reasons.ts'
import { withoutDrafts } from './drafts.ts'
import { milliseconds } from './duration.ts'
import { freeze } from './freeze.ts'
import type { Body } from './lesson.ts'
import type { Picture } from './pictures.ts'
import { type Issuer, unnamedIssuer } from '../credentials/issuer.ts'
import { nothingRenamed, type Renamed } from './renamed.ts'
import { askedSince } from './revisions.ts'
import type { ModuleSource, Sources } from './sources.ts'
import type { Written } from './written.ts'

/** Everything authors wrote, checked, in order and frozen. The lookups answer undefined for what is not there. */
export type Content = {
  readonly courses: readonly Course[]
  readonly guides: readonly Guide[]
  /** By quiz id: those of modules and the checks of guides. */
  readonly quizzes: ReadonlyMap<string, Quiz>
  readonly rubrics: readonly Rubric[]
  readonly checklists: readonly Checklist[]
  readonly badges: readonly Badge[]
  readonly evidenceKinds: readonly EvidenceKind[]
  readonly helplines: Helplines
  readonly discussions: DiscussionChoices
  readonly reports: ReportReasons
  /** Why a badge may be suspended or revoked. */
  readonly reasons: Reasons
  /** Phrases that may mean that whoever writes them is in a crisis, in small letters. */
  readonly crisisWords: readonly string[]
  /** By name: `flow.png`. */
  readonly pictures: ReadonlyMap<string, Picture>
  /** Who the certificates are from. */
  readonly issuer: Issuer
  /** What things were called before. */
  readonly renamed: Renamed
  /** What the judge of badges has to know. */
  readonly outline: Outline
  /** SHA-256 over every file, in hexadecimal: the same content, the same fingerprint. */
  readonly fingerprint: string
  readonly course: (id: string) => Course | undefined
  readonly module: (id: string) => Module | undefined
  readonly guide: (id: string) => Guide | undefined
  readonly quiz: (id: string) => Quiz | undefined
  readonly rubric: (id: string) => Rubric | undefined
  readonly checklist: (id: string) => Checklist | undefined
  readonly badge: (id: string) => Badge | undefined
  readonly evidenceKind: (id: string) => EvidenceKind | undefined
}

/** The content as everybody sees it, and as its drafts make it for those who see them: the same where there are none. */
export type Assembled = { readonly content: Content; readonly withDrafts: Content }

type Pictures = Content['pictures']

/** Puts sources together in which nothing is wrong. */
export function assemble(sources: Sources, pictures: Pictures, fingerprint: string): Assembled {
  const published = withoutDrafts(sources)
  const content = assembleAll(published, pictures, fingerprint)
  return {
    content,
    withDrafts: published === sources ? content : assembleAll(sources, pictures, fingerprint),
  }
}

function assembleAll(sources: Sources, pictures: Pictures, fingerprint: string): Content {
  const banks = byId(sources.banks.map(source => asBank(source.id, whole(source))))
  const moduleQuizzes = byId(sources.quizzes.map(source => asQuiz(source.id, whole(source), banks)))
  const courses = coursesFrom(sources, moduleQuizzes)
  const guides = inListOrder(sources.guides.map(guideFrom))
  const rubrics = sources.rubrics.map(source => ({ id: source.id, ...whole(source) }))
  const checklists = sources.checklists.map(source => ({ id: source.id, ...whole(source) }))
  const badges = inOrder(sources.badges.map(source => asBadge(source.id, whole(source))))
  const evidenceKinds = asEvidenceKinds(whole(sources.evidenceKinds))
  const helplines = whole(sources.helplines)
  const discussions = asDiscussionChoices(whole(sources.discussions))
  const reports = whole(sources.reports)
  const { reasons } = whole(sources.reasons)
  const crisisWords = whole(sources.crisisWords).phrases
  const quizzes = new Map([...moduleQuizzes, ...byId(guides.map(({ check }) => check))])
  return freeze({
    ...{ courses, guides, quizzes, rubrics, checklists, badges, evidenceKinds, helplines, fingerprint },
    ...{ discussions, reports, reasons, crisisWords, pictures },
    issuer: sources.issuer?.value ?? unnamedIssuer,
    renamed: sources.renamed?.value ?? nothingRenamed,
    outline: outlineOf({ courses, badges, evidenceKinds, checklists }),
    course: lookup(courses),
    module: lookup(courses.flatMap(({ modules }) => modules)),
    guide: lookup(guides),
    quiz: (id: string) => quizzes.get(id),
    rubric: lookup(rubrics),
    checklist: lookup(checklists),
    badge: lookup(badges),
    evidenceKind: lookup(evidenceKinds),
  })
}

function coursesFrom(
  { courses, modules, calibrations }: Sources,
  quizzes: ReadonlyMap<string, Quiz>,
): Course[] {
  const calibrationOf = byId(calibrations)
  const modulesOf = Map.groupBy(modules, ({ course }) => course)
  return inOrder(
    courses.map(source => ({
      id: source.id,
      ...courseFrom(whole(source)),
      calibration: calibrationFrom(calibrationOf.get(source.id)),
      modules: inTheirOrder(modulesOf.get(source.id) ?? [], source.value?.draft ?? false).map(
        ({ module, number, draft }) => ({ ...moduleFrom(module, number, quizzes.get(module.id)), draft }),
      ),
    })),
  )
}

/** By the number in the file's name, numbered anew. A draft takes no number from those that everybody sees. */
function inTheirOrder(modules: readonly ModuleSource[], inDraft: boolean) {
  let last = 0
  return modules
    .toSorted((a, b) => a.number - b.number)
    .map(module => {
      const draft = inDraft || whole(module).draft
      if (inDraft || !draft) last++
      return { module, draft, number: draft && !inDraft ? last + 1 : last }
    })
}

const courseFrom = ({
  'second-marking': secondMarking,
  'new-modules': newModules,
  ...rest
}: z.output<typeof courseSchema>) => ({ description: undefined, ...rest, secondMarking, newModules })

const calibrationFrom = (source: Sources['calibrations'][number] | undefined) =>
  source && asCalibration(source.id, whole(source))

function moduleFrom(source: ModuleSource, number: number, quiz: Quiz | undefined): Module {
  const { id, course, slug } = source
  const {
    requires,
    reflection: asked,
    completion,
    'read-time': readTime,
    'reading-level': _,
    ...words
  } = whole(source)
  const replies = repliesAsked(completion, asked?.replies)
  const reflection = asked && reflectionFrom({ ...asked, replies })
  return {
    ...{ id, course, slug, number, ...words, reflection, quiz, ...bodyOf(source) },
    requires: requires.map(required => `${course}/${required}`),
    readTime: readTime ? milliseconds(readTime) : (words.minutes * 60_000) / 3,
    completion: completionFrom(completion, { reflection, quiz }),
    quizSince: askedSince(words, 'quiz'),
    reflectionSince: askedSince(words, 'reflection'),
  }
}

const reflectionFrom = ({ question, rubric, due, replies = 0, ...rest }: ReflectionSource): Reflection => ({
  ...{ question, rubric, replies },
  beforeOthers: rest['before-others'],
  due: due && { reflection: due.reflection, replies: due.replies },
  mayBePrivate: rest['may-be-private'],
  contentNotes: rest['content-notes'],
})

function guideFrom(source: Sources['guides'][number]): Guide {
  const { check, 'reading-level': _, ...words } = whole(source)
  return { id: source.id, ...words, check: asCheck(source.id, check), ...bodyOf(source) }
}

/** All that a file says; it has been checked that nothing is wrong with it. */
function whole<T>(source: Written<T> | undefined): T {
  if (source?.value === undefined) throw new Error(`${source?.file ?? 'A file'} was not checked.`)
  return source.value
}

const bodyOf = ({ body }: { body: Body | undefined }): Pick<Body, 'words' | 'headings' | 'text'> => ({
  words: body?.words ?? 0,
  headings: body?.headings ?? [],
  text: body?.text ?? '',
})

const inOrder = <T extends { order: number; id: string }>(things: readonly T[]) =>
  things.toSorted((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1))

const byId = <T extends { id: string }>(things: readonly T[]) =>
  new Map(things.map(thing => [thing.id, thing]))

function lookup<T extends { id: string }>(things: readonly T[]) {
  const found = byId(things)
  return (id: string) => found.get(id)
}
