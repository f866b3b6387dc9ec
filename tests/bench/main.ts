import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import autocannon from 'autocannon'
import { nodeFlags } from '../../bin/handover.mjs'
import { closeDb, connect } from '../../db/client.ts'
import { joinEmbedded } from '../../db/embedded.ts'
import { migrate } from '../../db/migrate.ts'
import { provideDatabaseUrl } from '../../src/env.ts'
import { fillCommunity, moduleId, people } from '../support/community.ts'
import { measureAnalysis } from './analysis.ts'
import { measureContent } from './content.ts'
import { measureDesk } from './desk.ts'
import { measureEdits } from './edits.ts'
import type { FloorPage } from './floor.ts'
import { figure, median, say, times } from './figures.ts'
import { cpuOf, family, memoryOf } from './processes.ts'
import { measureSize } from './size.ts'
import { measureStandings } from './standings.ts'
import { statementsOf } from '../support/statements.ts'

/** Which parts to measure: those named, or all. */
const named = process.argv.slice(2)
const wanted = (
  part: 'reading' | 'posting' | 'grading' | 'size' | 'desk' | 'analysis' | 'content' | 'standings',
) => named.length === 0 || named.includes(part)

const rounds = 3
const seconds = 8
const folder = await mkdtemp(join(tmpdir(), 'trellis-bench-'))
await chmod(folder, 0o755)
const cluster = await joinEmbedded(folder)
provideDatabaseUrl(cluster.url)
await migrate(cluster.url)
const db = connect(cluster.url, { max: 4 })
const stops: (() => Promise<unknown>)[] = [
  closeDb,
  () => db.$client.end(),
  cluster.leave,
  () => rm(folder, { recursive: true }),
]

try {
  say('Filling a community of', people, 'people…')
  const community = await fillCommunity(db)
  const started = performance.now()
  const site = await run(['src/serve/main.ts'], { DATABASE_URL: cluster.url, PORT: '0', LOG_LEVEL: 'silent' })
  const first = await fetch(`${site.origin}/`)
  await first.text()
  figure(
    'start of the built site until its first page',
    `${Math.round(performance.now() - started)} ms`,
    'budget 2,000 ms',
  )

  const page = `${site.origin}/courses/${moduleId}`
  const reader = { cookie: community.cookie(5) }
  if (wanted('reading')) await measureReading(page, reader, site)
  // What is graded is what was posted.
  if (wanted('posting') || wanted('grading')) await measurePosting(site.origin, community, page)
  if (wanted('grading')) await measureGrading(site.origin, community)
  if (wanted('size')) await measureSize(db, site.origin, community.cookie)
  if (wanted('desk')) await measureDesk(db, site.origin, community.cookie)
  if (wanted('analysis')) await measureAnalysis(db)
  if (wanted('standings')) await measureStandings(db)
  if (wanted('content')) {
    await measureContent()
    await measureEdits(cluster.url, community.cookie(1))
  }
} finally {
  for (const stop of stops) await stop()
}

/** Requests a second, against a bare server that runs the same statements and writes the same bytes. */
async function measureReading(page: string, headers: Record<string, string>, site: Running): Promise<void> {
  for (let warm = 0; warm < 50; warm++) await (await fetch(page, { headers })).text()
  const answer = await fetch(page, { headers })
  const body = await answer.text()
  const posts = body.match(/<article/g)?.length ?? 0
  const statements = await statementsOf(db.$client, folder, () =>
    fetch(page, { headers }).then(one => one.text()),
  )
  figure(
    'the module page',
    `${posts} posts, ${Math.round(body.length / 1024)} KB, ${statements.length} statements`,
  )

  const floorPage: FloorPage = { databaseUrl: cluster.url, statements, headers: plain(answer.headers), body }
  const floor = await run(['tests/bench/floor.ts'], {}, JSON.stringify(floorPage))
  await load(floor.origin, {}, 2)
  const ratios: number[] = []
  const costs: number[] = []
  const memory: number[] = []
  const watch = setInterval(() => {
    void processes(site).then(pids => memory.push(memoryOf(pids)))
  }, 500)
  for (let round = 0; round < rounds; round++) {
    const bare = await load(floor.origin, {}, seconds)
    const before = cpuOf(await processes(site))
    const ours = await load(page, headers, seconds)
    costs.push(((cpuOf(await processes(site)) - before) / ours.total) * 1000)
    ratios.push(ours.perSecond / bare.perSecond)
    say(`  round ${round + 1}: ${ours.perSecond.toFixed(0)} pages/s, floor ${bare.perSecond.toFixed(0)}/s`)
  }
  clearInterval(watch)
  await floor.stop()
  figure('  requests/s against the floor', median(ratios).toFixed(2), 'budget at least 0.50')
  figure('  CPU a request, PostgreSQL counted', `${median(costs).toFixed(2)} ms`, 'budget 2 ms')
  figure('  memory of site and PostgreSQL, peak', `${Math.max(...memory).toFixed(0)} MiB`, 'budget 300 MB')
}

/** A reflection from its POST until the new page is there, against a bare insert and one page. */
async function measurePosting(
  origin: string,
  { cookie, discussionId }: Posting,
  page: string,
): Promise<void> {
  const post = async (n: number) => {
    const form = new URLSearchParams({
      key: randomUUID(),
      module: moduleId,
      markdown: `I would begin by listening. ${n}`,
    })
    const request = {
      method: 'POST',
      headers: { cookie: cookie(n), origin },
      body: form,
      redirect: 'manual',
    } as const
    const answer = await fetch(`${page}?_action=discussions.reflect`, request)
    if (answer.status !== 303)
      throw new Error(`A reflection was not taken: ${answer.status} ${await answer.text()}`)
    await fetch(page, { headers: { cookie: cookie(n) } }).then(one => one.text())
  }
  const bare = async (n: number) => {
    await db.$client`insert into post (discussion_id, author_id, kind, parent_id, markdown, html)
      values (${discussionId}, (select min(id) from person), 'reply', -1, ${`bare ${n}`}, '') returning id`
    await fetch(page, { headers: { cookie: cookie(5) } }).then(one => one.text())
  }
  const [ours, floor] = [await times(300, n => post(100 + n)), await times(300, bare)]
  figure(
    'a reflection until the new page, p95',
    `${ours.p95.toFixed(1)} ms (median ${ours.median.toFixed(1)})`,
  )
  figure('  against a bare insert and one page, p95', (ours.p95 / floor.p95).toFixed(2), 'budget at most 3')
}

/** One grade: claimed, given, standing up to date; against a bare insert. */
async function measureGrading(origin: string, { cookie }: Posting): Promise<void> {
  const headers = { cookie: cookie(1), origin }
  const press = (action: string, fields: Record<string, string>) =>
    fetch(`${origin}/desk?_action=${action}`, {
      method: 'POST',
      headers,
      body: new URLSearchParams({ key: randomUUID(), ...fields }),
      redirect: 'manual',
    })
  let next = (await press('grading.claimNext', {})).headers.get('location') ?? ''
  const grade = async () => {
    const answer = await press('grading.grade', await gradeFor(next))
    if (answer.status !== 303)
      throw new Error(`A grade was not taken: ${answer.status} ${await answer.text()}`)
    next = answer.headers.get('location') ?? ''
  }
  const gradeFor = async (desk: string) => {
    const html = await fetch(origin + desk, { headers }).then(one => one.text())
    const hidden = [...html.matchAll(/<input type="hidden" name="(marking|revision)" value="(\d+)"/g)]
    const levels = new Map(
      [...html.matchAll(/name="(levels\.[^"]+)" value="([^"]+)"/g)].map(([, name, level]) => [name!, level!]),
    )
    return {
      ...Object.fromEntries(hidden.map(([, name, value]) => [name!, value!])),
      ...Object.fromEntries(levels),
      feedback: 'Clear and kind.',
      outcome: 'pass',
    }
  }
  const bare = (n: number) =>
    db.$client`insert into site_fact (name, value) values (${`bare ${n}`}, '') returning name`
  const [ours, floor] = [await times(100, grade), await times(100, bare)]
  figure('one grade with its desk page and the next claimed, median', `${ours.median.toFixed(1)} ms`)
  figure('  against a bare insert, median', (ours.median / floor.median).toFixed(1))
}

interface Posting {
  cookie: (n: number) => string
  discussionId: number
}

interface Running {
  origin: string
  pid: number
  stop: () => Promise<void>
}

/** Starts a server in a process of its own and waits until it says where it is. */
async function run(script: string[], settings: Record<string, string>, input = ''): Promise<Running> {
  const child: ChildProcess = spawn(process.execPath, [...nodeFlags, ...script], {
    env: { ...process.env, ...settings },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin!.end(input)
  let said = ''
  const origin = await new Promise<string>((resolve, reject) => {
    child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      said += text
      const at = /ready at (http:\S+)/.exec(said)?.[1]
      if (at) resolve(at)
    })
    child.once('exit', () => reject(new Error(`It did not start: ${said}`)))
  })
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  stops.unshift(stop)
  return { origin, pid: child.pid!, stop }
}

async function load(url: string, headers: Record<string, string>, duration: number) {
  const result = await autocannon({ url, headers, duration, connections: 10 })
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url} failed under load: ${result.non2xx} bad answers, ${result.errors} errors.`)
  return { perSecond: result.requests.average, total: result.requests.total }
}

/** The site's processes, and PostgreSQL's for the connections that are open now. */
async function processes(site: Running): Promise<number[]> {
  const rows = await db.$client<{ pid: number }[]>`select pid from pg_stat_activity`
  return [...family(site.pid), ...rows.map(row => row.pid)]
}

/** The headers of a page without those that belong to its connection. */
function plain(headers: Headers): Record<string, string> {
  const ofConnection = ['transfer-encoding', 'connection', 'keep-alive', 'date']
  return Object.fromEntries([...headers].filter(([name]) => !ofConnection.includes(name)))
}
