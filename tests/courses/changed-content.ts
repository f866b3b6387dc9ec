import { content } from '../../src/authoring/content.ts'
import type { Content } from '../../src/authoring/content.ts'
import { askedSince, type Revision } from '../../src/authoring/revisions.ts'
import { outlineOf } from '../../src/badges/outline.ts'
import type { Course, Module } from '../../src/courses/course.ts'

/** The course that these tests change, and how its authors may have changed it. */
export const courseId = 'introduction-to-group-support'

/** The shipped content with its first course changed, as if the site had been started anew with other files. */
export function withCourse(change: (course: Course) => Course): Content {
  const all = content()
  const courses = all.courses.map(course => (course.id === courseId ? change(course) : course))
  const modules = courses.flatMap(course => course.modules)
  return {
    ...all,
    courses,
    course: id => courses.find(course => course.id === id),
    module: id => modules.find(module => module.id === id),
    outline: outlineOf({ ...all, courses }),
  }
}

/** The first course as a short one: the first two modules, each only to be read unless `change` says more. */
export const shortCourse = (change: (module: Module, index: number) => Partial<Module> = () => ({})) =>
  withCourse(course => ({
    ...course,
    modules: course.modules
      .slice(0, 2)
      .map((module, index) => ({ ...toRead(module), ...change(module, index) })),
  }))

/** A module that is only to be read. */
export const toRead = (module: Module): Module => ({
  ...module,
  requires: [],
  completion: { read: true, reflected: false, replied: 0, quiz: false, guides: false },
  reflection: undefined,
})

/** A module after a revision. */
export function revised(asks: Partial<Revision> & Pick<Revision, 'asks'>): Partial<Module> {
  const revision: Revision = {
    ...{ version: 2, on: '2026-11-01', changed: 'The ladder has a new step.' },
    ...{ by: asks.asks === 'refresh' ? '2026-12-01' : null, again: asks.asks === 'redo' ? ['read'] : [] },
    ...asks,
  }
  const revisions = [revision]
  const page = { version: revision.version, revisions }
  const [quizSince, reflectionSince] = [askedSince(page, 'quiz'), askedSince(page, 'reflection')]
  return { ...page, quizSince, reflectionSince }
}
