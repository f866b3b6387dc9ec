import { sentence } from '../../src/authoring/problem.ts'
import { readContent } from '../../src/authoring/reading.ts'
import { contentFolder, smallContent } from './small-content.ts'

/** What an author is told when the small content is changed like this. */
export function told(changes: Record<string, string | Uint8Array | null>): {
  problems: string[]
  warnings: string[]
} {
  const folder = contentFolder(changes)
  const { problems, warnings } = readContent(folder, { advice: true })
  const plainly = (list: typeof problems) => list.map(one => sentence(one).replaceAll(`${folder}/`, ''))
  return { problems: plainly(problems), warnings: plainly(warnings) }
}

/** A file of the small content with a change in it. */
export function edited(path: string, from: string | RegExp, to: string): Record<string, string> {
  const before = smallContent[path] ?? ''
  const text = before.replace(from, to)
  if (text === before) throw new Error(`${path} has nothing like ${String(from)}`)
  return { [path]: text }
}

export const lesson = 'courses/hosting/01-welcome.mdx'
export const guide = 'guides/saying-hello.mdx'
export const quiz = 'courses/hosting/quizzes/welcome.yaml'

/** The lesson with one more line at its end, which is line 20. */
export const ending = (path: string, line: string) => ({ [path]: `${smallContent[path] ?? ''}\n${line}\n` })
