import { z } from 'zod'
import { didYouMean } from './nearest.ts'
import type { Report } from './problem.ts'
import type { Names } from './sources.ts'
import { slug } from './text.ts'
import type { Written } from './written.ts'

const moduleId = z.string().regex(/^[a-z0-9-]{1,80}\/[a-z0-9-]{1,80}$/, {
  error: 'is no module\nWrite it with its course, like `moderator-training/ground-rules`.',
})

/**
 * `content/renamed.yaml`: what things were called before. The site keeps what people did under the name of a file, so
 * a file that is given another name takes that along only when it says so here.
 */
export const renamedSchema = z.strictObject({
  courses: z.record(slug, slug).default({}).describe('`old-name: new-name`, of folders'),
  modules: z.record(moduleId, moduleId).default({}).describe('`course/old-name: course/new-name`'),
  guides: z.record(slug, slug).default({}).describe('`old-name: new-name`'),
  gone: z
    .array(z.string().max(161))
    .default([])
    .describe('courses, modules (`course/name`) and guides (`guides/name`) that were taken away on purpose'),
})

export type Renamed = Readonly<z.output<typeof renamedSchema>>

export const nothingRenamed: Renamed = { courses: {}, modules: {}, guides: {}, gone: [] }

/** Reports new names that are not there, and old ones that still are. */
export function checkRenamed(renamed: Written<Renamed> | undefined, names: Names, report: Report) {
  if (!renamed?.value) return
  for (const kind of ['courses', 'modules', 'guides'] as const)
    for (const [from, to] of Object.entries(renamed.value[kind])) {
      const line = renamed.lineOf([kind, from])
      const noun = kind.slice(0, -1)
      if (!names[kind].has(to))
        report(renamed.file, line, `there is no ${noun} called '${to}'`, didYouMean(to, names[kind]))
      if (names[kind].has(from))
        report(
          renamed.file,
          line,
          `the ${noun} '${from}' is there still`,
          'Take this line out, or name the file as it says.',
        )
    }
}

/** What a course, a module or a guide of this name is called now; undefined where it was not renamed. */
export function nameNow(
  renamed: Renamed,
  kind: 'course' | 'module' | 'guide',
  id: string,
): string | undefined {
  if (kind === 'guide') return own(renamed.guides, id)
  if (kind === 'course') return own(renamed.courses, id)
  const [course = '', module = ''] = id.split('/')
  const courseNow = own(renamed.courses, course)
  return own(renamed.modules, id) ?? (courseNow && `${courseNow}/${module}`)
}

const own = (names: Readonly<Record<string, string>>, id: string) =>
  Object.hasOwn(names, id) ? names[id] : undefined
