import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'trellis-cli-'))
cpSync('content', join(folder, 'content'), { recursive: true })
afterAll(() => {
  rmSync(folder, { recursive: true })
})

/** `trellis …` in a folder with nothing but content in it: no database, no site. */
function trellis(...args: string[]) {
  const main = join(process.cwd(), 'src/cli/main.ts')
  const env = { ...process.env, DATABASE_URL: 'postgres://nobody@localhost:1/nothing' }
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    cwd: folder,
    env,
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

test('an author begins one of each without a database, and the check finds nothing wrong', () => {
  for (const [kind, name] of [
    ['course', 'night-school'],
    ['module', 'night-school/dusk'],
    ['quiz', 'night-school/dusk'],
    ['guide', 'being-awake'],
    ['badge', 'night-owl'],
  ] as const) {
    const { status, stdout } = trellis('new', kind, name, '--json')
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toEqual({
      files: expect.any(Array) as unknown,
      next: expect.any(Array) as unknown,
    })
  }
  expect(readFileSync(join(folder, 'content/courses/night-school/02-dusk.mdx'), 'utf8')).toContain(
    'title: Dusk',
  )
  const { status, stdout } = trellis('content', 'check', '--json')
  expect(status).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ problems: [] })
})

test('what is taken is refused in one sentence', () => {
  expect(trellis('new', 'guide', 'giving-a-warning')).toEqual({
    status: 1,
    stdout: '',
    stderr: 'content/guides/giving-a-warning.mdx is there already. Nothing was changed.\n',
  })
})

test('warnings fail a strict check alone, and mistakes every check', () => {
  const alone = join(folder, 'content/guides/nobody-leads-here.mdx')
  writeFileSync(alone, readFileSync(join(folder, 'content/guides/giving-a-warning.mdx')))
  const sentence =
    'Warning: content/guides/nobody-leads-here.mdx:1: no module, guide or badge leads to this guide.'
  expect(trellis('content', 'check')).toMatchObject({
    status: 0,
    stdout: expect.stringContaining(sentence) as unknown,
  })
  expect(trellis('content', 'check', '--strict')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining(sentence) as unknown,
  })
  writeFileSync(alone, 'nothing')
  expect(trellis('content', 'check')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining(
      'nobody-leads-here.mdx:1: the page does not begin with its particulars',
    ) as unknown,
  })
  rmSync(alone)
})

test('a database that can’t be reached is said in a sentence', () => {
  const { status, stderr } = trellis('content', 'check', '--against-database')
  expect(status).toBe(1)
  expect(stderr).not.toMatch(/ at .*\.ts:/)
})
