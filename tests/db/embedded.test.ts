import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { joinEmbedded } from '../../db/embedded.ts'

// Making a cluster takes most of a second, and several when the machine is busy.
vi.setConfig({ testTimeout: 60_000 })

let folder: string
let dataDir: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'trellis-embedded-'))
  // As root, the server runs under another account, which must get in.
  chmodSync(folder, 0o755)
  dataDir = join(folder, 'data')
})

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const enter = (place = dataDir, said: string[] = []) =>
  joinEmbedded(place, { durable: false, say: line => said.push(line) })
const lockFile = (place = dataDir) => join(place, 'postgres/postmaster.pid')
const serverPid = () => Number.parseInt(readFileSync(lockFile(), 'utf8'), 10)
const isRunning = () => existsSync(lockFile())

async function ask(url: string, query: string) {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    return await sql.unsafe(query)
  } finally {
    await sql.end()
  }
}

test('the data is made at first use, in UTF-8 and UTC, and kept when the server stops', async () => {
  const first = await enter()
  const [settings] = await ask(
    first.url,
    `select current_setting('server_encoding') as encoding, current_setting('timezone') as zone, upper('é') as upper`,
  )
  expect(settings).toEqual({ encoding: 'UTF8', zone: 'UTC', upper: 'É' })
  await ask(first.url, 'create table kept as select 7 as number')
  await first.leave()
  expect(isRunning()).toBe(false)

  const second = await enter()
  expect(await ask(second.url, 'select number from kept')).toEqual([{ number: 7 }])
  await second.leave()
})

test('two that come at once share one server, and the one who leaves first does not stop it', async () => {
  const [one, other] = await Promise.all([enter(), enter()])
  expect(one.url).toBe(other.url)
  await one.leave()
  expect(await ask(other.url, 'select 1 as one')).toEqual([{ one: 1 }])
  await other.leave()
  expect(isRunning()).toBe(false)
})

test('one who comes while the last one leaves gets a server all the same', async () => {
  for (const delay of [0, 5, 20, 60]) {
    const leaver = await enter()
    const leaving = leaver.leave()
    await new Promise(done => setTimeout(done, delay))
    const comer = await enter()
    await leaving
    expect(await ask(comer.url, 'select 1 as one')).toEqual([{ one: 1 }])
    await comer.leave()
  }
})

test('a server that is killed is started again by itself', async () => {
  const said: string[] = []
  const embedded = await enter(dataDir, said)
  process.kill(serverPid(), 'SIGKILL')
  await expect.poll(() => said).toContain('The database is back.')
  expect(await ask(embedded.url, 'select number from kept')).toEqual([{ number: 7 }])
  await embedded.leave()
  expect(isRunning()).toBe(false)
})

test('what a killed process leaves running is taken over, and stopped by whoever is last', async () => {
  const program = `
    import { joinEmbedded } from '${new URL('../../db/embedded.ts', import.meta.url).href}'
    await joinEmbedded('${dataDir}', { durable: false })
    console.log('joined')`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  const pid = serverPid()
  child.kill('SIGKILL')
  await once(child, 'exit')

  const embedded = await enter()
  expect(serverPid()).toBe(pid)
  // The server may notice a little later that nobody is at the other end.
  const present = () => ask(embedded.url, "select from pg_locks where locktype = 'advisory' and granted")
  await expect.poll(present).toHaveLength(1)
  await embedded.leave()
  expect(isRunning()).toBe(false)
})

test('the lock file of a server long gone is no hindrance, even if its number is now another program’s', async () => {
  writeFileSync(lockFile(), `${process.pid}\n${join(dataDir, 'postgres')}\n`)
  const embedded = await enter()
  expect(await ask(embedded.url, 'select 1 as one')).toEqual([{ one: 1 }])
  await embedded.leave()
})

test('a folder whose path is too long for a socket works too', async () => {
  const deep = join(folder, 'a-folder-with-quite-a-long-name'.repeat(4))
  const embedded = await enter(deep)
  expect(await ask(embedded.url, 'select 1 as one')).toEqual([{ one: 1 }])
  await embedded.leave()
  rmSync(decodeURIComponent(new URL(embedded.url).host), { recursive: true })
})
