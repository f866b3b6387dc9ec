import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { openToken } from '../../src/api/tokens.ts'
import { testDatabase } from '../support/database.ts'

const { db, url } = await testDatabase()

/** `trellis … --json` on the database of this file: the exit code, and what it answers. */
function trellis(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/cli/main.ts', ...args, '--json'], {
    env: { ...process.env, DATABASE_URL: url },
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  return { status, said: JSON.parse(stdout) as never }
}

test('an operator makes a token for what it is to open, and ends it', async () => {
  const { said } = trellis(
    'token',
    'add',
    '--name',
    'chat',
    '--scopes',
    'badges:read, evidence:write',
    '--lasts',
    '90',
  )
  const { token } = said as { token: string }
  const opened = (await openToken(db, token))!
  expect(opened).toMatchObject({ scopes: ['badges:read', 'evidence:write'], expired: false })
  expect(trellis('token', 'list').said).toMatchObject([{ id: opened.id, name: 'chat', revokedAt: null }])
  expect(trellis('token', 'revoke', String(opened.id)).status).toBe(0)
  expect(await openToken(db, token)).toBeNull()
})

test('an operator adds a webhook, looks how it fares, and removes it', () => {
  const address = 'https://chat.invalid/hooks'
  expect(trellis('webhook', 'add', '--name', 'chat', '--url', 'http://10.0.0.1/').status).toBe(1)
  const { said } = trellis('webhook', 'add', '--name', 'chat', '--url', address, '--events', 'badge.revoked')
  const { id, secret } = said as { id: number; secret: string }
  expect(secret).toMatch(/^whsec_/)
  expect(trellis('webhook', 'pause', String(id)).status).toBe(0)
  expect(trellis('webhook', 'test', String(id)).status).toBe(0)
  expect(trellis('webhook', 'list').said).toMatchObject([
    { id, url: address, events: ['badge.revoked'], waiting: 1, paused: { for: 'asked' }, signs: true },
  ])
  expect(trellis('webhook', 'resume', String(id)).status).toBe(0)
  expect(trellis('webhook', 'secret', String(id)).said).not.toEqual({ id, secret })
  expect(trellis('webhook', 'replay', String(id), '--since', '2026-11-20T18:00Z').said).toEqual({
    id,
    events: 0,
  })
  expect(trellis('webhook', 'remove', String(id)).status).toBe(0)
  expect(trellis('webhook', 'remove', 'x').status).toBe(1)
})
