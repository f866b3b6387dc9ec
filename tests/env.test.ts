import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'

/** The settings as a process would read them that is started with these. */
async function read(given: Record<string, string>) {
  vi.resetModules()
  for (const [name, value] of Object.entries(given)) vi.stubEnv(name, value)
  onTestFinished(() => {
    vi.unstubAllEnvs()
  })
  return import('../src/env.ts')
}

test('with nothing set, the site is at port 4321 of this machine alone, and open to new people', async () => {
  const { env } = await read({ SECRET: '', SIGNING_KEYS: '', LOG_LEVEL: '' })
  expect(env).toMatchObject({
    PORT: 4321,
    HOST: '127.0.0.1',
    ORIGIN: 'http://localhost:4321',
    DATA_DIR: join(process.cwd(), '.data'),
    SIGNING_KEYS: join(process.cwd(), '.data/signing-keys.json'),
    MAIL_FROM: 'Trellis <no-reply@localhost>',
    SIGN_UP: 'open',
    LOG_LEVEL: 'info',
  })
})

test('every setting that can’t be used is named, with what it must be', async () => {
  await expect(read({ PORT: '80a', SIGN_UP: 'maybe', ORIGIN: 'training.example.org' })).rejects.toThrow(
    [
      'PORT must be a whole number from 0 to 65535; it is "80a".',
      'ORIGIN must be the address people type, such as https://training.example.org; it is "training.example.org".',
      'SIGN_UP must be "open" or "invitation"; it is "maybe".',
    ].join('\n'),
  )
})

test('a password in a setting that can’t be used is not repeated', async () => {
  await expect(read({ DATABASE_URL: 'mysql://hope:hunter2@host/trellis' })).rejects.toThrow(
    /^DATABASE_URL must be an address such as \S+; what is set is not\.$/,
  )
})

test('an origin is only its scheme and host', async () => {
  const { env } = await read({ ORIGIN: 'https://training.example.org/' })
  expect(env.ORIGIN).toBe('https://training.example.org')
  expect(env.MAIL_FROM).toContain('@training.example.org')
})

test('a secret is made at first use, kept, and readable by its owner alone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'trellis-secret-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true })
  })
  const settings = { SECRET: '', DATA_DIR: join(folder, 'data') }
  const first = (await read(settings)).env.SECRET
  const second = (await read(settings)).env.SECRET

  expect(first).toHaveLength(43)
  expect(second).toBe(first)
  expect(statSync(join(folder, 'data/secret')).mode & 0o777).toBe(0o600)
})

test('the address of the embedded database is heard of when it is known', async () => {
  const { databaseUrl, provideDatabaseUrl } = await read({ DATABASE_URL: '' })
  expect(() => databaseUrl()).toThrow('DATABASE_URL is not set')
  provideDatabaseUrl('postgres://here/trellis')
  expect(databaseUrl()).toBe('postgres://here/trellis')
})

test('.env.example has a sentence for every setting, and the value that holds when it is not set', async () => {
  const { env } = await read({ LOG_LEVEL: '', SIGNING_KEYS: '' })
  const lines = readFileSync('.env.example', 'utf8').matchAll(/^# .+[.;].*\n([A-Z_]+)=(.*)$/gm)
  const example = Object.fromEntries([...lines].map(([, name = '', value = '']) => [name, value]))

  expect(Object.keys(example).sort()).toEqual([...Object.keys(env), 'DATABASE_URL'].sort())
  expect(settingsOf((await read(example)).env)).toEqual(settingsOf(env))
})

/** All but the secret, which is made when one looks at it. */
const settingsOf = (env: object) => Object.entries(env).filter(([name]) => name !== 'SECRET')
