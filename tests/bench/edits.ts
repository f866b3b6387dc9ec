import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { moduleFile, quizFile } from '../../src/authoring/templates.ts'
import { copyOfSite } from '../support/site-copy.ts'
import { figure, median, say } from './figures.ts'

const edits = 10
const course = 'introduction-to-group-support'
const questions = `courses/${course}/quizzes/being-written.yaml`
/** A module with a question, as `npm run trellis -- new module` makes it: whoever sees it sees its questions too. */
const draft = {
  [`courses/${course}/20-being-written.mdx`]: moduleFile('Being written', 'reflection', { draft: true }),
  [questions]: quizFile(),
}

/** What an author edits: the file, a line of it that every edit writes anew, and the page that shows it. */
const watched = [
  [
    'a module',
    `content/courses/${course}/02-rooms-and-roles.mdx`,
    /^## .*$/m,
    `/courses/${course}/rooms-and-roles`,
  ],
  ['a guide', 'content/guides/giving-a-warning.mdx', /^## .*$/m, '/guides/giving-a-warning'],
  ['a question', `content/${questions}`, /(?<=stem: ).*$/m, `/courses/${course}/being-written`],
  ['a badge', 'content/badges/moderator.yaml', /(?<=^summary: ).*$/m, '/path/moderator'],
] as const

/**
 * How long it takes, from the moment a file is saved, until its page shows what was written, while the site is being
 * written (`npm run dev`): at the median of ten edits, and at the longest.
 * @param cookie of a mentor, who sees the questions
 */
export async function measureEdits(databaseUrl: string, cookie: string): Promise<void> {
  say('Editing the content of the site as its author would…')
  const folder = copyOfSite(draft)
  const site = await startDev(folder, databaseUrl)
  try {
    for (const [what, file, line, page] of watched) {
      const shown = async (words: string) => {
        const answer = await fetch(site.origin + page, { headers: { cookie } })
        const html = await answer.text()
        if (!answer.ok) throw new Error(`${page} answered ${answer.status}: ${html.slice(0, 500)}`)
        return html.includes(words)
      }
      await shown('')
      const taken: number[] = []
      for (let edit = 0; edit < edits; edit++) taken.push(await timeOf(join(folder, file), line, edit, shown))
      figure(
        `edit of ${what} until its page shows it: median, longest`,
        `${Math.round(median(taken))} ms, ${Math.round(Math.max(...taken))} ms`,
        'budget 1,000 ms',
      )
    }
  } finally {
    await site.stop()
    rmSync(folder, { recursive: true })
  }
}

async function timeOf(file: string, line: RegExp, edit: number, shown: (words: string) => Promise<boolean>) {
  const words = `Words of edit ${edit}`
  const text = readFileSync(file, 'utf8')
  if (!line.test(text)) throw new Error(`${file} has no such line.`)
  const saved = performance.now()
  writeFileSync(
    file,
    text.replace(line, whole => (whole.startsWith('## ') ? `## ${words}` : words)),
  )
  while (!(await shown(words))) {
    if (performance.now() - saved > 30_000)
      throw new Error(`${file} was edited, and its page does not show it.`)
  }
  const taken = performance.now() - saved
  // What follows an edit, as the check of all content, is over before the next.
  await new Promise(resolve => setTimeout(resolve, 800))
  return taken
}

async function startDev(folder: string, databaseUrl: string) {
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const site = spawn(process.execPath, ['src/serve/dev.ts'], {
    cwd: folder,
    env: {
      ...process.env,
      ...{ PORT: String(port), ORIGIN: origin, DATABASE_URL: databaseUrl },
      ...{ LOG_LEVEL: 'silent', ASTRO_TELEMETRY_DISABLED: '1' },
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  await untilReady(site, origin)
  return {
    origin,
    async stop() {
      site.kill('SIGTERM')
      await once(site, 'exit')
    },
  }
}

async function untilReady(site: ChildProcess, origin: string): Promise<void> {
  const until = performance.now() + 120_000
  while (performance.now() < until) {
    if (site.exitCode !== null) throw new Error(`npm run dev ended with ${site.exitCode}.`)
    const answer = await fetch(`${origin}/healthz`).catch(() => null)
    if (answer?.ok) return
    await new Promise(resolve => setTimeout(resolve, 200))
  }
  throw new Error('npm run dev did not answer within two minutes.')
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}
