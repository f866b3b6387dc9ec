import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { build } from './build.mjs'
import { prepare, readJson, root, run } from './prepare.mjs'

/*
 * npm test                            every check, in this order
 * npm test -- lint unit               some of them
 * npm test -- unit tests/env.test.ts  one file
 */
const checks = {
  format: { title: 'Format', command: ['prettier/bin/prettier.cjs', '--check', '.'] },
  lint: { title: 'Lint', command: ['eslint/bin/eslint.js', '--max-warnings=0', '.'] },
  types: { title: 'Types', command: ['astro/bin/astro.mjs', 'check'] },
  build: { title: 'Build', action: build },
  unit: {
    title: 'Unit and integration tests',
    command: [
      'vitest/vitest.mjs',
      'run',
      '--config',
      'tests/vitest.config.ts',
      '--reporter=default',
      '--reporter=json',
    ],
    report: { file: 'vitest.json', flag: '--outputFile.json=', read: readVitest },
    needs: 'build',
  },
  e2e: {
    title: 'End-to-end tests',
    command: [
      '@playwright/test/cli.js',
      'test',
      '--config',
      'tests/playwright.config.ts',
      '--reporter=list,json',
    ],
    report: { file: 'playwright.json', variable: 'PLAYWRIGHT_JSON_OUTPUT_FILE', read: readPlaywright },
    needs: 'build',
  },
}

await run(() => {
  const node = prepare({ development: true })
  const folder = mkdtempSync(join(tmpdir(), 'trellis-reports-'))
  const given = process.argv.slice(2)
  const names = given.filter(word => word in checks)
  const context = { node, folder, words: given.filter(word => !(word in checks)), broken: new Set() }

  const results = (names.length > 0 ? names : Object.keys(checks)).map(name => timed(name, context))
  rmSync(folder, { recursive: true, force: true })
  const failed = results.flatMap(result => result.failed)
  const passed = results.reduce((total, result) => total + result.passed, 0)
  if (failed.length > 0) console.log(`\nFailed:\n${failed.map(what => `  ${what}`).join('\n')}`)
  console.log(`\n${passed} passed, ${failed.length} failed`)
  return failed.length > 0 ? 1 : 0
})

function timed(name, context) {
  const { title, needs } = checks[name]
  console.log(`\n── ${title}`)
  const started = Date.now()
  const result = context.broken.has(needs) ? leftOut(title, needs) : outcome(checks[name], context)
  if (result.failed.length > 0) context.broken.add(name)
  const verdict = result.failed.length > 0 ? 'failed' : 'passed'
  console.log(`── ${title} ${verdict} in ${((Date.now() - started) / 1000).toFixed(1)} s`)
  return result
}

function leftOut(title, needed) {
  console.log(`Not run, because this failed: ${checks[needed].title}.`)
  return { passed: 0, failed: [`${title}: not run`] }
}

/**
 * How many tests passed, and what failed, by name: the end of a long log says it again. A check without tests of its
 * own counts only when it fails, as one.
 */
function outcome({ title, command, action, report }, context) {
  if (action) return attempt(title, () => action(context.node))
  const path = report && join(context.folder, report.file)
  const succeeded = execute(command, context, report, path)
  if (!report) return { passed: 0, failed: succeeded ? [] : [title] }
  const written = readJson(path)
  const { passed, failed } = written ? report.read(written) : { passed: 0, failed: [] }
  if (passed + failed.length === 0) console.log('No test was run.')
  const hidden = failed.length === 0 && (!succeeded || passed === 0)
  return { passed, failed: hidden ? [title] : failed }
}

function attempt(title, action) {
  try {
    action()
    return { passed: 0, failed: [] }
  } catch (error) {
    console.error(error.message)
    return { passed: 0, failed: [title] }
  }
}

function execute([script, ...args], { node, words }, report, path) {
  const env = {
    ...process.env,
    ASTRO_TELEMETRY_DISABLED: '1',
    PATH: dirname(node) + delimiter + process.env.PATH,
  }
  if (report?.variable) env[report.variable] = path
  const extra = report ? [...(report.flag ? [`${report.flag}${path}`] : []), ...words] : []
  const { status } = spawnSync(node, [`node_modules/${script}`, ...args, ...extra], { stdio: 'inherit', env })
  return status === 0
}

/** A file that fails outside its tests, as by a mistake in its imports or an open connection, counts as one. */
function readVitest({ numPassedTests, testResults }) {
  const failed = testResults
    .filter(({ status }) => status === 'failed')
    .flatMap(({ name, message, assertionResults }) => {
      const tests = assertionResults.filter(({ status }) => status === 'failed')
      const file = relative(root, name)
      if (tests.length === 0) return [`${file}: ${firstLine(message)}`]
      return tests.map(test => `${file}: ${test.fullName}: ${firstLine(test.failureMessages[0])}`)
    })
  return { passed: numPassedTests, failed }
}

/** A test that passed at the second try counts as failed. */
function readPlaywright({ stats, suites, errors }) {
  const specs = suite => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specs)]
  const failed = suites.flatMap(specs).flatMap(({ file, title, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ results }) => {
        const told = results.flatMap(result => result.errors)[0]?.message
        return `${file}: ${title}: ${firstLine(told)}`
      }),
  )
  return { passed: stats.expected, failed: [...failed, ...errors.map(({ message }) => firstLine(message))] }
}

function firstLine(text = '') {
  return stripVTControlCharacters(text).split('\n', 1)[0]
}
