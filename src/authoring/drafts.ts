import { NotFound, signedIn } from '../errors.ts'
import type { Person } from '../people/person.ts'
import type { Report } from './problem.ts'
import { coursesIn } from './criteria-within.ts'
import type { Speaker } from './references.ts'
import type { ModuleSource, Sources } from './sources.ts'
import type { Path } from './written.ts'

/** Whoever teaches or runs the programme reads what is being written; to everybody else it is not there. */
export const canSeeDrafts = (person: Person | null): boolean =>
  person !== null && (person.rights.grade || person.rights.admin)

/** The mentor or admin at this request. Nobody else learns that the page is there. @throws SignedOut, NotFound */
export function authorAt(locals: { person: Person | null }): Person {
  const person = signedIn(locals)
  if (!canSeeDrafts(person)) throw new NotFound()
  return person
}

type Drafts = {
  readonly courses: ReadonlySet<string>
  /** Those of draft courses too. */
  readonly modules: ReadonlySet<string>
  readonly guides: ReadonlySet<string>
}

/** The ids of all that is being written still. */
export function draftsIn({ courses, modules, guides }: Sources): Drafts {
  const draftCourses = new Set(courses.filter(({ sound }) => sound.draft).map(({ id }) => id))
  return {
    courses: draftCourses,
    modules: new Set(
      modules
        .filter(({ course, sound }) => (sound.draft ?? false) || draftCourses.has(course))
        .map(({ id }) => id),
    ),
    guides: new Set(guides.filter(({ sound }) => sound.draft).map(({ id }) => id)),
  }
}

/** The sources without drafts and without what belongs to them; the very same where there is no draft. */
export function withoutDrafts(sources: Sources): Sources {
  const drafts = draftsIn(sources)
  if (drafts.courses.size + drafts.modules.size + drafts.guides.size === 0) return sources
  return {
    ...sources,
    courses: sources.courses.filter(({ id }) => !drafts.courses.has(id)),
    modules: sources.modules
      .filter(({ id }) => !drafts.modules.has(id))
      .map(module => withoutGuides(module, drafts.guides)),
    quizzes: sources.quizzes.filter(({ id }) => !drafts.modules.has(id)),
    calibrations: sources.calibrations.filter(({ id }) => !drafts.courses.has(id)),
    guides: sources.guides.filter(({ id }) => !drafts.guides.has(id)),
  }
}

/** A module may name a guide before the guide is done; until then it goes without. */
const withoutGuides = (module: ModuleSource, drafts: ReadonlySet<string>): ModuleSource =>
  module.value
    ? { ...module, value: { ...module.value, guides: module.value.guides.filter(id => !drafts.has(id)) } }
    : module

/** Reports what everybody sees and that stands on something that only mentors and admins do. */
export function checkDrafts(sources: Sources, report: Report) {
  const drafts = draftsIn(sources)
  const standsOn = ({ file, lineOf }: Speaker, path: Path, noun: string, id: string) => {
    report(
      file,
      lineOf(path),
      `the ${noun} '${id}' is a draft, which nobody could finish`,
      'Take `draft: true` out of it, or take this line out until it is done.',
    )
  }
  for (const course of sources.courses.filter(({ id }) => !drafts.courses.has(id))) {
    course.sound.requires?.forEach((id, index) => {
      if (drafts.courses.has(id)) standsOn(course, ['requires', index], 'course', id)
    })
    const modules = sources.modules.filter(module => module.course === course.id)
    if (modules.length > 0 && modules.every(({ id }) => drafts.modules.has(id)))
      report(course.file, 1, 'the course has only drafts in it', 'Add `draft: true` here as well.')
  }
  for (const module of sources.modules.filter(({ id }) => !drafts.modules.has(id)))
    module.sound.requires?.forEach((slug, index) => {
      if (drafts.modules.has(`${module.course}/${slug}`))
        standsOn(module, ['requires', index], 'module', slug)
    })
  for (const calibration of sources.calibrations.filter(({ id }) => !drafts.courses.has(id)))
    calibration.sound.anchors?.forEach(({ module }, index) => {
      if (drafts.modules.has(`${calibration.id}/${module}`))
        standsOn(calibration, ['anchors', index, 'module'], 'module', module)
    })
  for (const badge of sources.badges) {
    badge.sound.duties?.forEach(({ course }, index) => {
      if (drafts.courses.has(course)) standsOn(badge, ['duties', index, 'course'], 'course', course)
    })
    for (const [course, path] of [
      ...coursesIn(badge.sound.criteria, ['criteria']),
      ...coursesIn(badge.sound.lapses?.renew, ['lapses', 'renew']),
    ])
      if (drafts.courses.has(course)) standsOn(badge, path, 'course', course)
  }
  const plan = sources.reports?.sound.plan
  if (sources.reports && plan && drafts.guides.has(plan)) standsOn(sources.reports, ['plan'], 'guide', plan)
}
