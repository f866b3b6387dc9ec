import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test, vi } from 'vitest'
import { testDatabase } from '../support/database.ts'

// Each start takes a second, and several when the machine is busy.
vi.setConfig({ testTimeout: 60_000 })

const { url } = await testDatabase()

/** How a start ends that can't succeed: what it said on standard error, and its exit code. */
async function start(settings: Record<string, string>) {
  const site = spawn(process.execPath, ['--import', './bin/lighter-imports.mjs', 'src/serve/main.ts'], {
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const [said, [code]] = await Promise.all([text(site.stderr), once(site, 'exit') as Promise<[number]>])
  return { said, code }
}

test('a setting that can’t be used is one sentence', async () => {
  expect(await start({ PORT: 'no' })).toEqual({
    said: 'PORT must be a whole number from 0 to 65535; it is "no".\n',
    code: 1,
  })
})

test('a database that can’t be reached is one sentence, without its password', async () => {
  const { said, code } = await start({ DATABASE_URL: 'postgres://hope:hunter2@127.0.0.1:1/trellis' })
  expect(said).toMatch(
    /^The database trellis at 127\.0\.0\.1:1 can't be reached \(.+\)\. Check DATABASE_URL\.\n$/,
  )
  expect(code).toBe(1)
})

test('a port that is taken is one sentence', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void other.close())
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  expect(await start({ DATABASE_URL: url, PORT: String(port) })).toEqual({
    said: `Port ${port} is taken by another program; stop that, or set PORT to another number.\n`,
    code: 1,
  })
})
