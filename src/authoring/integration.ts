import { resolve } from 'node:path'
import type { AstroIntegration, AstroIntegrationLogger } from 'astro'
import { checkContent } from './check.ts'
import type { Memory } from './memory.ts'
import { sentence } from './problem.ts'

/**
 * Checks `content/` before anything is built. A build with mistakes in its content ends with every one of them
 * told, and nothing else; `astro dev` tells them too, again after each change, and goes on.
 */
export function checkedContent(folder = 'content'): AstroIntegration {
  return {
    name: 'content',
    hooks: {
      'astro:config:setup': ({ command, logger }) => {
        const sound = tell(folder, logger, { advice: command === 'dev' })
        // An error thrown here would come with a stack, which tells an author nothing.
        if (!sound && command !== 'dev') process.exit(1)
      },
      'astro:server:setup': ({ server, logger }) => {
        const root = resolve(folder)
        server.watcher.add(root)
        // The page that is looked at comes first, and an editor may write a file more than once.
        let soon: NodeJS.Timeout | undefined
        server.watcher.on('all', (_event, path) => {
          if (!resolve(path).startsWith(root)) return
          server.ws.send({ type: 'full-reload' })
          clearTimeout(soon)
          soon = setTimeout(() => tell(folder, logger, { advice: true }), 400)
        })
      },
    },
  }
}

const memory: Memory = new Map()

/** Says what is wrong with the content, or how much there is of it; whether it is sound. */
function tell(folder: string, logger: AstroIntegrationLogger, { advice }: { advice: boolean }): boolean {
  const { problems, warnings, counts } = checkContent(folder, { advice, memory })
  for (const warning of warnings) logger.warn(sentence(warning))
  for (const problem of problems) logger.error(sentence(problem))
  if (counts)
    logger.info(`${counts.courses} courses, ${counts.modules} modules, ${counts.guides} guides: all sound`)
  else logger.error(`${problems.length} to mend. The site is not built until the content is sound.`)
  return counts !== null
}
