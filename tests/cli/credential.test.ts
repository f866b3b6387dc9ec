import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { readBaked } from '../../src/credentials/baked/read-baked.ts'
import { didDocument } from '../../src/credentials/did.ts'
import { allKeys } from '../../src/keys/ring.ts'
import { certify } from '../credentials/certificate.ts'
import { proofVerifies, tokenVerifies } from '../credentials/outside/verify.ts'
import { addTrainee } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'

const { db, url } = await testDatabase()
const folder = mkdtempSync(join(tmpdir(), 'trellis-credential-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})
const code = await certify(db, await addTrainee(db, { handle: 'hope' }))
const did = () => didDocument('https://training.example.org', allKeys())

/** `trellis credential export …`, as the operator calls it. */
async function run(...args: string[]) {
  const env = { ...process.env, DATABASE_URL: url, ORIGIN: 'https://training.example.org' }
  const all = ['src/cli/main.ts', 'credential', 'export', ...args]
  return promisify(execFile)(process.execPath, all, { env }).catch(
    (error: unknown) => error as { stdout: string; stderr: string; code: number },
  )
}

test('an operator writes a certificate in every form to a file, and each verifies', async () => {
  for (const format of ['json', 'png', 'svg'] as const) {
    const out = join(folder, `credential.${format}`)
    const { stdout } = await run('@hope', 'moderator', '--format', format, '--out', out, '--json')
    const bytes = readFileSync(out)
    expect(JSON.parse(stdout)).toEqual({ file: out, format, code, bytes: bytes.length })
    expect(await proofVerifies(JSON.parse(readBaked(bytes)) as Record<string, unknown>, did())).toBe(true)
  }
  for (const alg of ['EdDSA', 'ES256']) {
    const out = join(folder, `credential-${alg}.jwt`)
    await run('hope', 'moderator', '--format', 'jwt', '--alg', alg, '--out', out)
    expect(tokenVerifies(readFileSync(out, 'utf8'), did())).toMatchObject({
      iss: 'did:web:training.example.org',
    })
  }
  const out = join(folder, 'certificate.pdf')
  await run('hope', 'moderator', '--format', 'pdf', '--out', out)
  expect(readFileSync(out, 'latin1')).toMatch(/^%PDF-1\.7/)
})

test.each([
  [['nobody', 'moderator', '--format', 'json'], 'There is nobody called @nobody.'],
  [['hope', 'mentor', '--format', 'json'], '@hope has never held a badge “mentor”.'],
  [['hope', 'moderator', '--format', 'docx'], 'format: '],
])('what can’t be exported is said in a sentence: %s', async (args, sentence) => {
  const answer = await run(...args, '--out', join(folder, 'nothing'))
  expect(answer).toMatchObject({ code: 1, stdout: '' })
  expect(answer.stderr).toContain(sentence)
})
