import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { addAdmin, addTrainee } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'
import { decide } from '../record/decisions.ts'

const { db, url } = await testDatabase()
const folder = mkdtempSync(join(tmpdir(), 'trellis-record-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})
const file = join(folder, 'record.jsonl')
const [code = ''] = await decide(db, [await addTrainee(db)], await addAdmin(db), 9)

function trellis(args: string[], env: NodeJS.ProcessEnv, cwd: string) {
  const main = join(process.cwd(), 'src/cli/main.ts')
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    cwd,
    env,
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

/** `trellis record …` where the site is. */
const here = (...args: string[]) =>
  trellis(['record', ...args], { ...process.env, DATABASE_URL: url }, process.cwd())

/** The same on an auditor's machine: no settings, no database, nothing but the file. */
const elsewhere = (...args: string[]) => trellis(['record', ...args], { PATH: process.env.PATH }, folder)

test('an operator exports the record, and an auditor verifies it without site, database or settings', () => {
  expect(here('export', file).stdout).toBe(`Wrote 9 entries and 1 signed head to ${file}.\n`)
  const { status, stdout } = elsewhere('verify', file)
  expect(status).toBe(0)
  expect(stdout).toContain(
    'The record of localhost:4321 is whole: 9 entries, of which 9 are under 1 signed head.',
  )
  expect(existsSync(join(folder, '.data'))).toBe(false)

  const verdict = JSON.parse(elsewhere('verify', file, '--json').stdout) as { keys: string[] }
  expect(verdict).toMatchObject({ ok: true, entries: 9, signed: 9 })
  expect(elsewhere('verify', file, '--key', verdict.keys[0]!).status).toBe(0)
})

test('an auditor is told which entry somebody changed, and the command fails', () => {
  const forged = join(folder, 'forged.jsonl')
  writeFileSync(forged, readFileSync(file, 'utf8').replace('"have":6', '"have":7'))
  expect(elsewhere('verify', forged)).toEqual({
    ...{ status: 1, stdout: '' },
    stderr:
      'Entry 7 is broken (line 8): What it says as “standing” is not what was written: its digest does not fit.\n',
  })
  expect(elsewhere('verify', forged, '--json').status).toBe(1)
})

test('an auditor who noted down a head is told that the record was rewritten since', async () => {
  const head = join(folder, 'head.txt')
  // As it comes out of somebody's notes.
  writeFileSync(head, here('head').stdout.trimEnd().replaceAll('\n', '\r\n'))
  await decide(db, [await addTrainee(db)], null, 2)
  expect(here('export', file, '--public').status).toBe(0)
  expect(elsewhere('verify', file, '--head', head).status).toBe(0)
  const other = readFileSync(head, 'utf8').replace(/\n9\r/, '\n8\r')
  writeFileSync(head, other)
  expect(elsewhere('verify', file, '--head', head)).toMatchObject({
    ...{ status: 1, stderr: expect.stringContaining('The head that you hold can’t be trusted.') as string },
  })
})

test('what can’t be verified is said in one sentence', () => {
  const missing = join(folder, 'nowhere')
  expect(elsewhere('verify', missing)).toEqual({
    status: 1,
    stdout: '',
    stderr: `${missing} can’t be read (ENOENT).\n`,
  })
  expect(elsewhere('verify', folder)).toMatchObject({
    status: 1,
    stderr: `${folder} can’t be read (EISDIR).\n`,
  })
  expect(elsewhere('verify', file, '--key', 'x')).toMatchObject({
    ...{
      status: 1,
      stderr: expect.stringContaining('This is not a key that can be checked with: x') as string,
    },
  })
  expect(here('export', join(folder, 'no', 'where')).stderr).toBe(
    `${join(folder, 'no', 'where')} can’t be written (ENOENT).\n`,
  )
  writeFileSync(missing, '')
  expect(elsewhere('verify', missing).stderr).toBe(
    'The export is broken (line 1): The export is cut short: its last line is missing.\n',
  )
})

test('the record itself is verified, proved, and followed from one head to the next', () => {
  expect(here('verify').stdout).toMatch(
    /^The record is whole: 11 entries, of which 11 are under 2 signed heads\./,
  )
  const { proofs } = JSON.parse(here('prove', code, '--json').stdout) as { proofs: object[] }
  expect(proofs).toMatchObject([{ index: 0 }])
  expect(here('prove', code).stdout).toMatch(
    /^Entry 1 is in the record of 11 entries with the root [0-9a-f]{64}:/,
  )
  expect(here('prove', 'made-up')).toMatchObject({
    status: 1,
    stderr: 'The record has no certificate with this code.\n',
  })
  // A code may begin with a hyphen, and look like an option then.
  expect(JSON.parse(here('prove', '-hello', '--json').stdout)).toEqual({
    error: 'The record has no certificate with this code.',
  })
  expect(here('consistency', '9', '11').stdout).toMatch(
    /^The 11 entries under [0-9a-f]{64} begin with the 9 under/,
  )
  expect(here('consistency', '9', 'x')).toMatchObject({
    status: 1,
    stderr: 'FROM and TO are whole numbers from 1.\n',
  })
})
