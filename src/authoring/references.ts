import { checkBadges } from './badge-references.ts'
import { checkCalibrations } from './calibration-references.ts'
import { reportCycles } from './cycles.ts'
import { checkDrafts } from './drafts.ts'
import { didYouMean } from './nearest.ts'
import { fitting } from '../quizzes/bank.ts'
import { checkRenamed } from './renamed.ts'
import type { Report } from './problem.ts'
import type { ModuleSource, Names, Source, Sources } from './sources.ts'
import type { Path } from './written.ts'

/** A file that speaks of other things by name. */
export type Speaker = Pick<Source<unknown>, 'file' | 'lineOf'>

/** Reports that `speaker` names, at `path`, something that is not there. */
export type Missing = (
  speaker: Speaker,
  path: Path,
  noun: string,
  name: string,
  names: Iterable<string>,
) => void

/** Reports whatever one file says of another that is not so. */
export function checkReferences(sources: Sources, report: Report) {
  const missing: Missing = ({ file, lineOf }, path, noun, name, names) =>
    report(file, lineOf(path), `there is no ${noun} called '${name}'`, didYouMean(name, names))
  checkCourses(sources, missing, report)
  checkModules(sources, missing, report)
  checkQuizzes(sources, missing, report)
  checkCalibrations(sources, missing, report)
  checkReports(sources, missing)
  checkBadges(sources, missing, report)
  checkWitnesses(sources, missing)
  checkDrafts(sources, report)
  checkRenamed(sources.renamed, sources.names, report)
}

function checkCourses({ courses, modules, names }: Sources, missing: Missing, report: Report) {
  const taught = new Set([...names.modules].map(id => id.split('/')[0]))
  for (const course of courses) {
    if (!taught.has(course.id))
      report(course.file, 1, 'the course has no modules', 'Add `01-….mdx` beside this file.')
    course.sound.requires?.forEach((id, index) => {
      if (!names.courses.has(id)) missing(course, ['requires', index], 'course', id, names.courses)
    })
  }
  for (const { file, course } of firstOfEach(modules, module => module.course))
    if (!names.described.has(course))
      report(
        file,
        1,
        `the course '${course}' has no course.yaml`,
        'Add it, with `title`, `summary` and `order`.',
      )
  reportCycles(courses, course => course.sound.requires ?? [], 'requires', report)
}

function checkModules({ modules, quizzes, names }: Sources, missing: Missing, report: Report) {
  const quizzed = new Set(quizzes.map(({ id }) => id))
  for (const module of modules) {
    const { requires = [], guides = [], reflection } = module.sound
    requires.forEach((slug, index) => {
      if (!names.modules.has(`${module.course}/${slug}`))
        missing(module, ['requires', index], 'module', slug, slugsIn(module.course, names))
    })
    guides.forEach((id, index) => {
      if (!names.guides.has(id)) missing(module, ['guides', index], 'guide', id, names.guides)
    })
    if (!quizzed.has(module.id)) checkNoQuizAsked(module, report)
    if (reflection && !names.rubrics.has(reflection.rubric))
      missing(module, ['reflection', 'rubric'], 'rubric', reflection.rubric, names.rubrics)
  }
  reportTwins(modules, module => module.id, 'name', report)
  reportTwins(modules, module => `${module.course}/${module.number}`, 'number', report)
  reportCycles(
    modules,
    ({ course, sound }) => (sound.requires ?? []).map(slug => `${course}/${slug}`),
    'requires',
    report,
  )
}

/** A module without a quiz can't ask for it, nor ask for it again. */
function checkNoQuizAsked({ file, lineOf, slug, sound }: ModuleSource, report: Report) {
  const wrong = (path: Path, what: string) => {
    report(
      file,
      lineOf(path),
      `${what}: the module has no quiz`,
      `Add \`quizzes/${slug}.yaml\`, or take this out.`,
    )
  }
  const quiz = sound.completion?.findIndex(({ condition }) => condition === 'quiz') ?? -1
  if (quiz >= 0) wrong(['completion', quiz], `item ${quiz + 1} of \`completion\` can be met by nobody`)
  sound.revisions?.forEach(({ again }, index) => {
    const item = again.indexOf('quiz')
    if (item >= 0)
      wrong(['revisions', index, 'again', item], `item ${item + 1} of \`again\` asks nobody anything`)
  })
}

function checkQuizzes({ quizzes, banks, names }: Sources, missing: Missing, report: Report) {
  const known = new Map(banks.map(bank => [bank.id, bank]))
  for (const quiz of quizzes) {
    const { id, file, sound } = quiz
    checkDraws(quiz, sound.from, ['from'], { known, names, missing, report })
    sound.sections?.forEach((section, index) =>
      checkDraws(quiz, section.from, ['sections', index, 'from'], { known, names, missing, report }),
    )
    const [course = '', slug = ''] = id.split('/')
    if (!names.modules.has(id))
      report(file, 1, `there is no module '${slug}' for this quiz`, didYouMean(slug, slugsIn(course, names)))
  }
}

/** A quiz draws from banks that are there, and that have as many questions of the kind it wants. */
function checkDraws(
  quiz: Speaker,
  from: Sources['quizzes'][number]['sound']['from'],
  path: Path,
  {
    known,
    names,
    missing,
    report,
  }: {
    known: ReadonlyMap<string, Sources['banks'][number]>
    names: Names
    missing: Missing
    report: Report
  },
) {
  from?.forEach(({ bank, draw, ...wanted }, index) => {
    if (!names.banks.has(bank)) missing(quiz, [...path, index, 'bank'], 'bank', bank, names.banks)
    const questions = known.get(bank)?.sound.questions
    const found = questions && fitting(questions, wanted).length
    if (found !== undefined && found < draw)
      report(
        quiz.file,
        quiz.lineOf([...path, index]),
        `draws ${draw} questions, and the bank '${bank}' has ${found} such`,
        'Lower `draw`, ask for less, or add questions to the bank.',
      )
  })
}

function checkReports({ reports, names }: Sources, missing: Missing) {
  const plan = reports?.value?.plan
  if (reports && plan && !names.guides.has(plan)) missing(reports, ['plan'], 'guide', plan, names.guides)
}

/** Whoever assesses, or stands by, holds a badge that is there. */
function checkWitnesses({ checklists, evidenceKinds, names }: Sources, missing: Missing) {
  for (const checklist of checklists)
    checklist.sound.assessors?.forEach((id, index) => {
      if (!names.badges.has(id)) missing(checklist, ['assessors', index], 'badge', id, names.badges)
    })
  if (!evidenceKinds?.value) return
  for (const [kind, { 'supervised-by': badges = [] }] of Object.entries(evidenceKinds.value))
    badges.forEach((id, index) => {
      if (!names.badges.has(id))
        missing(evidenceKinds, [kind, 'supervised-by', index], 'badge', id, names.badges)
    })
}

function* slugsIn(course: string, { modules }: Names) {
  for (const id of modules) if (id.startsWith(`${course}/`)) yield id.slice(course.length + 1)
}

function firstOfEach<T>(things: readonly T[], key: (thing: T) => string): Iterable<T> {
  return new Map(things.toReversed().map(thing => [key(thing), thing])).values()
}

/** Reports modules of one course that have the same name or the same number. */
function reportTwins(
  modules: readonly ModuleSource[],
  key: (module: ModuleSource) => string,
  noun: string,
  report: Report,
) {
  const first = new Map<string, string>()
  for (const module of modules) {
    const twin = first.get(key(module))
    if (twin === undefined) first.set(key(module), module.file)
    else report(module.file, 1, `has the same ${noun} as ${twin}`, 'Rename one of the two.')
  }
}
