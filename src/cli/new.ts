import type { Command } from 'commander'
import { beginContent, begun } from '../authoring/scaffold.ts'
import { answers } from './command.ts'

const described = {
  course: ['<course>', 'begin a course, with its first module: new course first-steps'],
  module: ['<course/module>', 'begin a module at the end of a course: new module first-steps/saying-hello'],
  guide: ['<guide>', 'begin a help guide: new guide giving-a-warning'],
  quiz: ['<course/module>', 'give a module a quiz: new quiz first-steps/saying-hello'],
  badge: ['<badge>', 'begin a badge: new badge night-owl'],
} as const

export function newCommands(program: Command): void {
  const command = program.command('new').description('begin something to write, in content/')
  for (const kind of begun) {
    const [name, description] = described[kind]
    answers(
      command.command(kind).argument(name).description(description),
      (_, [name = '']) => {
        const { files, next } = beginContent(kind, name)
        return {
          json: { files, next },
          words: [...files.map(file => `Written: ${file}`), ...next].join('\n'),
        }
      },
      { database: false },
    )
  }
}
