import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'

let folder: string

/** A project of one dependency, and an npm that installs by writing its note. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trellis-prepare-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true })
  })
  cpSync('bin', join(folder, 'bin'), { recursive: true })
  writeFileSync(
    join(folder, 'try.mjs'),
    `import { prepare, run } from './bin/prepare.mjs'; await run(() => void prepare())`,
  )
  writeFileSync(
    join(folder, 'npm.cjs'),
    `const fs = require('node:fs')
     fs.appendFileSync('npm.log', process.argv[2] + '\\n')
     fs.mkdirSync('node_modules', { recursive: true })
     fs.copyFileSync('package-lock.json', 'node_modules/.package-lock.json')`,
  )
  depend('1.0.0')
})

function depend(version: string, wanted = version): void {
  const dependencies = { astro: version }
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ type: 'module', dependencies: { astro: wanted } }),
  )
  const packages = {
    '': { dependencies },
    'node_modules/astro': { version },
    'node_modules/other-platform': { version, optional: true },
  }
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages }))
}

const prepare = () =>
  spawnSync(process.execPath, ['try.mjs'], {
    cwd: folder,
    encoding: 'utf8',
    env: { npm_execpath: join(folder, 'npm.cjs') },
  })

const installs = () =>
  existsSync(join(folder, 'npm.log')) ? readFileSync(join(folder, 'npm.log'), 'utf8').trim().split('\n') : []

test('a fresh clone is installed once, and then left alone', () => {
  expect(prepare().stdout).toBe('Installing what Trellis needs…\n')
  expect(prepare().stdout).toBe('')
  expect(installs()).toEqual(['ci'])
})

test('a new lock file is installed', () => {
  prepare()
  depend('1.0.1')
  prepare()
  expect(installs()).toEqual(['ci', 'ci'])
})

test('a package.json that the lock file was not made for is installed as it says', () => {
  depend('1.0.0', '1.0.1')
  prepare()
  expect(installs()).toEqual(['install'])
})

test('what another platform needs may be missing', () => {
  prepare()
  mkdirSync(join(folder, 'node_modules'), { recursive: true })
  const note = { packages: { 'node_modules/astro': { version: '1.0.0' } } }
  writeFileSync(join(folder, 'node_modules/.package-lock.json'), JSON.stringify(note))
  expect(prepare().stdout).toBe('')
})

test('an install that fails is one sentence, and not the exit code of success', () => {
  writeFileSync(join(folder, 'npm.cjs'), 'process.exit(7)')
  expect(prepare()).toMatchObject({ status: 1, stderr: 'Installing failed; what npm said is above.\n' })
})
