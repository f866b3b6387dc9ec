import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { didYouMean } from '../../authoring/nearest.ts'
import { NotFound } from '../../errors.ts'
import type { Target } from './import.ts'

/** The quiz file of a module in the content folder. @throws NotFound where there is no such course or module */
export function quizFileOf(folder: string, course: string, module: string): Target {
  const courses = namesIn(join(folder, 'courses')).filter(name =>
    existsSync(join(folder, 'courses', name, 'course.yaml')),
  )
  if (!courses.includes(course)) throw missing('course', course, courses)
  const modules = namesIn(join(folder, 'courses', course)).flatMap(
    name => /^\d{2,3}-(.+)\.mdx$/.exec(name)?.[1] ?? [],
  )
  if (!modules.includes(module)) throw missing('module', module, modules)
  const file = join(folder, 'courses', course, 'quizzes', `${module}.yaml`)
  return { file, text: existsSync(file) ? readFileSync(file, 'utf8') : null }
}

const namesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : [])

const missing = (noun: string, name: string, names: readonly string[]) =>
  new NotFound(`There is no ${noun} '${name.slice(0, 80)}'. ${didYouMean(name, names) ?? ''}`.trim())

/** Writes a file whole or not at all: nobody ever reads half of it. */
export function writeWhole(file: string, contents: string | Uint8Array): void {
  const unfinished = join(dirname(file), `.${process.pid}-${Date.now()}.unfinished`)
  mkdirSync(dirname(file), { recursive: true })
  try {
    writeFileSync(unfinished, contents)
    renameSync(unfinished, file)
  } finally {
    rmSync(unfinished, { force: true })
  }
}

/** Whether there is a picture of this name in the content folder. */
export const hasPicture =
  (folder: string) =>
  (name: string): boolean =>
    existsSync(join(folder, 'pictures', name))
