import type { Queryable } from '../../db/client.ts'
import { didYouMean } from './nearest.ts'
import type { Content } from './content.ts'
import { columnsNaming, namesIn } from './honour-renames.ts'
import type { Problem } from './problem.ts'
import { nameNow } from './renamed.ts'

/**
 * What the database knows and the content does not: something that was given another name, or taken away. What people
 * did there is out of sight until an author says which.
 * @param content drafts included
 */
export async function compareWithDatabase(
  db: Queryable,
  content: Content,
  folder = 'content',
): Promise<Problem[]> {
  const missing = new Map<string, Problem>()
  for (const named of await columnsNaming(db))
    for (const name of await namesIn(db, named)) {
      const problem = problemWith(content, named.column, name, folder)
      if (problem) missing.set(problem.problem, problem)
    }
  return [...missing.values(), ...(await lostBadges(db, content, folder))]
}

function problemWith(
  content: Content,
  column: 'course' | 'module' | 'guide' | 'quiz',
  name: string,
  folder: string,
): Problem | undefined {
  const [, guide] = column === 'quiz' ? (/^guides\/(.+)$/.exec(name) ?? []) : []
  const kind = guide !== undefined ? 'guide' : column === 'quiz' ? 'module' : column
  const id = guide ?? name
  const { gone } = content.renamed
  const known = gone.includes(kind === 'guide' ? `guides/${id}` : id) || content[kind](id)
  if (known || nameNow(content.renamed, kind, id) !== undefined) return undefined
  const ids = {
    course: () => content.courses.map(course => course.id),
    module: () => content.courses.flatMap(({ modules }) => modules.map(module => module.id)),
    guide: () => content.guides.map(one => one.id),
  }[kind]()
  return {
    file: `${folder}/renamed.yaml`,
    line: 1,
    problem: `the database knows the ${kind} '${id}', and it is not there`,
    remedy:
      `${didYouMean(id, ids) ?? ''} Write \`${id}: <its name now>\` under \`${kind}s:\`, or \`${kind === 'guide' ? `guides/${id}` : id}\` under \`gone:\`.`.trim(),
  }
}

/** The certification record says what a badge was called, and is never changed: a badge keeps its name. */
async function lostBadges(db: Queryable, content: Content, folder: string): Promise<Problem[]> {
  const names = await namesIn(db, { table: 'record_entry', column: 'badge' })
  return names
    .filter(name => !content.badge(name))
    .map(name => ({
      file: `${folder}/badges/${name}.yaml`,
      line: 1,
      problem: `the certification record knows the badge '${name}', and it is not there`,
      remedy: 'Name its file as it was, and change its `title:` instead.',
    }))
}
