import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { questionExamples } from '../../src/authoring/question-examples.ts'
import { courseFile, guideFile, moduleFile } from '../../src/authoring/templates.ts'
import { copyOfSite } from '../support/site-copy.ts'
import { figure, say } from './figures.ts'
import { family, memoryOf } from './processes.ts'

const size = { courses: 50, modulesEach: 20, questionsEach: 5, guides: 40 }

/** Checks and builds a site with 1,000 modules, 5,000 questions of every kind and 40 guides more than it has. */
export async function measureContent(): Promise<void> {
  say('Writing 1,000 modules, 5,000 questions and 40 guides…')
  const folder = copyOfSite(manyPages())
  try {
    const check = await run(folder, ['src/cli/main.ts', 'content', 'check', '--json'])
    const { counts } = JSON.parse(check.said) as { counts: Record<string, number> }
    figure('content', `${counts.modules} modules, ${counts.questions} questions, ${counts.guides} guides`)
    figure('content check: time, memory', told(check), 'budget 60 s, 1,024 MB')
    figure(
      'build: time, memory',
      told(await run(folder, ['bin/start.mjs', '--build-only'])),
      'budget 60 s, 1,024 MB',
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const told = ({ seconds, memory }: { seconds: number; memory: number }) =>
  `${seconds.toFixed(1)} s, ${Math.round(memory)} MB`

export function manyPages(): Record<string, string> {
  const kinds = Object.values(questionExamples)
  const files: Record<string, string> = {}
  const paragraph =
    'Say what you saw, name the rule, and leave the door open for whoever comes back tomorrow. '
  const text = (n: number) =>
    `\n## Part ${n}\n\n${paragraph.repeat(6)}\n\nSee [the guide](/guides/guide-${(n % size.guides) + 1}#what-to-do).\n`.repeat(
      5,
    )
  const published = (file: string) => file.replace(/^# Take this line out.*\n(?:draft: true\n)/m, '')
  for (let guide = 1; guide <= size.guides; guide++)
    files[`guides/guide-${guide}.mdx`] = `${published(guideFile(`Guide ${guide}`))}${text(guide)}`
  for (let course = 1; course <= size.courses; course++) {
    const place = `courses/course-${course}`
    files[`${place}/course.yaml`] = published(courseFile(`Course ${course}`, course + 10))
    for (let module = 1; module <= size.modulesEach; module++) {
      const n = course * size.modulesEach + module
      const number = String(module).padStart(2, '0')
      const body = moduleFile(`Module ${n}`, 'reflection', { draft: false })
      files[`${place}/${number}-module-${module}.mdx`] = `${body}${text(n)}`
      const questions = Array.from({ length: size.questionsEach }, (_, index) =>
        asItem(kinds[(n + index) % kinds.length] ?? '', `question-${index}`),
      )
      files[`${place}/quizzes/module-${module}.yaml`] = `pass-mark: 80\nquestions:\n${questions.join('\n')}\n`
    }
  }
  return files
}

const asItem = (source: string, id: string) =>
  `  - ${source
    .trim()
    .replace(/^id: .*/, `id: ${id}`)
    .replaceAll('\n', '\n    ')}`

/** Runs it to its end: how long that took, and the most memory that it and its children held at once (MiB). */
async function run(folder: string, args: string[]) {
  const started = performance.now()
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] })
  let [memory, said] = [0, '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const watch = setInterval(() => {
    memory = Math.max(memory, memoryOf(family(child.pid ?? 0)))
  }, 100)
  const [status] = (await once(child, 'exit')) as [number]
  clearInterval(watch)
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${said.slice(-2000)}`)
  return { seconds: (performance.now() - started) / 1000, memory, said }
}
