import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parse } from 'yaml'
import { Invalid } from '../errors.ts'
import { nearest } from './nearest.ts'
import { badgeFile, courseFile, guideFile, moduleFile, quizFile } from './templates.ts'
import { slug } from './text.ts'

/** What can be begun. */
export const begun = ['course', 'module', 'guide', 'quiz', 'badge'] as const
export type Begun = (typeof begun)[number]

/** What was written, and what its author does now. */
export type Scaffold = { readonly files: readonly string[]; readonly next: readonly string[] }

/**
 * Begins a course, a module, a guide, a quiz or a badge with files that are sound as they are, for an author to write
 * over. Nothing that is there is touched.
 * @param name of a module and a quiz with its course: `moderator-training/ground-rules`
 * @throws Invalid when the name is none, is taken, or its course or module is not there
 */
export function beginContent(kind: Begun, name: string, folder = 'content'): Scaffold {
  const names = name.split('/')
  const wanted = kind === 'module' || kind === 'quiz' ? 2 : 1
  if (names.length !== wanted || !names.every(one => slug.safeParse(one).success))
    throw refused(
      `“${name}” is no name for a ${kind}. Write it like ${wanted === 2 ? 'moderator-training/ground-rules' : 'ground-rules'}, in small letters, digits and single hyphens.`,
    )
  const { files, next } = plans[kind](folder, names[0]!, names[1] ?? '')
  const taken = Object.keys(files).find(path => existsSync(join(folder, path)))
  if (taken) throw refused(`${folder}/${taken} is there already. Nothing was changed.`)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text, { flag: 'wx' })
  }
  return { files: Object.keys(files).map(path => `${folder}/${path}`), next }
}

const refused = (sentence: string) => new Invalid({ '': sentence })

type Plan = (
  folder: string,
  name: string,
  part: string,
) => { files: Record<string, string>; next: readonly string[] }

const publish = 'It is a draft: only mentors and admins see it, until you take out the line `draft: true`.'

const plans: Record<Begun, Plan> = {
  course: (folder, course) => ({
    files: {
      [`courses/${course}/course.yaml`]: courseFile(
        titleOf(course),
        nextOrder(folder, 'courses', '/course.yaml'),
      ),
      [`courses/${course}/01-welcome.mdx`]: moduleFile('Welcome', rubricIn(folder), { draft: false }),
    },
    next: [
      publish,
      `Add its next page with: npm run trellis -- new module ${course}/<name>`,
      'See it with: npm run dev',
    ],
  }),

  module(folder, course, module) {
    const place = `courses/${course}`
    if (!existsSync(join(folder, place))) throw refused(noSuch('course', course, namesIn(folder, 'courses')))
    const there = namesIn(folder, place).flatMap(file => {
      const [, number, name] = /^(\d{2,3})-(.+)\.mdx$/.exec(file) ?? []
      return name === undefined ? [] : [{ number: Number(number), name }]
    })
    if (there.some(({ name }) => name === module))
      throw refused(`The course “${course}” has a module called “${module}” already. Nothing was changed.`)
    const last = Math.max(0, ...there.map(({ number }) => number))
    const file = `${place}/${String(last + 1).padStart(2, '0')}-${module}.mdx`
    return {
      files: { [file]: moduleFile(titleOf(module), rubricIn(folder), { draft: true }) },
      next: [publish, `Give it a quiz with: npm run trellis -- new quiz ${course}/${module}`],
    }
  },

  guide: (_, guide) => ({
    files: { [`guides/${guide}.mdx`]: guideFile(titleOf(guide)) },
    next: [
      publish,
      `Lead to it: \`guides: [${guide}]\` at the top of a module, or a link to /guides/${guide}.`,
    ],
  }),

  quiz(folder, course, module) {
    const modules = namesIn(folder, `courses/${course}`).flatMap(
      file => /^\d+-(.+)\.mdx$/.exec(file)?.[1] ?? [],
    )
    if (!modules.includes(module))
      throw refused(
        existsSync(join(folder, 'courses', course))
          ? noSuch('module', module, modules)
          : noSuch('course', course, namesIn(folder, 'courses')),
      )
    return {
      files: { [`courses/${course}/quizzes/${module}.yaml`]: quizFile() },
      next: [
        `Write over its questions before you publish: they are asked as soon as the module is no draft.`,
        'Every kind of question is shown on the page /authoring, ready to copy.',
      ],
    }
  },

  badge: (folder, badge) => ({
    files: { [`badges/${badge}.yaml`]: badgeFile(titleOf(badge), nextOrder(folder, 'badges', '')) },
    next: [
      'A badge is never a draft: it stands on the path as soon as the site is built. Change its criteria first.',
      'All that criteria can ask for is shown on the page /authoring.',
    ],
  }),
}

/** `giving-a-warning` → `Giving a warning` */
const titleOf = (name: string) => `${name[0]?.toUpperCase() ?? ''}${name.slice(1).replaceAll('-', ' ')}`

const namesIn = (folder: string, place: string): string[] =>
  existsSync(join(folder, place))
    ? readdirSync(join(folder, place)).filter(name => !name.startsWith('.'))
    : []

function noSuch(noun: string, name: string, names: readonly string[]): string {
  const close = nearest(name, names)
  return `There is no ${noun} called “${name}”.${close ? ` Did you mean “${close}”?` : ` Begin it with: npm run trellis -- new ${noun} …`}`
}

/** The rubric that most modules use: `reflection`, or else the first there is. */
function rubricIn(folder: string): string | undefined {
  const rubrics = namesIn(folder, 'rubrics').flatMap(file => /^(.+)\.yaml$/.exec(file)?.[1] ?? [])
  return rubrics.includes('reflection') ? 'reflection' : rubrics.toSorted()[0]
}

/** One more than the last `order:` there; what can't be read counts for nothing, the check tells of it. */
function nextOrder(folder: string, place: string, file: string): number {
  const orders = namesIn(folder, place).map(name => {
    const path = join(folder, place, `${name}${file}`)
    try {
      return Number((parse(readFileSync(path, 'utf8')) as { order?: unknown } | null)?.order) || 0
    } catch {
      return 0
    }
  })
  return Math.max(0, ...orders) + 1
}
