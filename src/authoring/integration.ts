import { resolve } from 'node:path'
import type { AstroIntegration, AstroIntegrationLogger } from 'astro'
import { checkContent } from './check.ts'
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
        const sound = tell(folder, logger)
        // An error thrown here would come with a stack, which tells an author nothing.
        if (!sound && command !== 'dev') process.exit(1)
      },
      'astro:server:setup': ({ server, logger }) => {
        const root = resolve(folder)
        server.watcher.add(root)
        server.watcher.on('all', (_event, path) => {
          if (resolve(path).startsWith(root)) tell(folder, logger)
        })
      },
    },
  }
}

/** Says what is wrong with the content, or how much there is of it; whether it is sound. */
function tell(folder: string, logger: AstroIntegrationLogger): boolean {
  const { problems, counts } = checkContent(folder)
  for (const problem of problems) logger.error(sentence(problem))
  if (counts)
    logger.info(`${counts.courses} courses, ${counts.modules} modules, ${counts.guides} guides: all sound`)
  else logger.error(`${problems.length} to mend. The site is not built until the content is sound.`)
  return counts !== null
}
