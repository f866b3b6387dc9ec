import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { build } from './build.mjs'
import { prepare, readJson, run } from './prepare.mjs'

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
    report: { file: 'vitest.json', flag: '--outputFile.json=', count: countVitest },
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
    report: { file: 'playwright.json', variable: 'PLAYWRIGHT_JSON_OUTPUT_FILE', count: countPlaywright },
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
  const sum = kind => results.reduce((total, result) => total + result[kind], 0)
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`)
  return sum('failed') > 0 ? 1 : 0
})

function timed(name, context) {
  const { title, needs } = checks[name]
  console.log(`\n── ${title}`)
  const started = Date.now()
  const result = context.broken.has(needs) ? leftOut(needs) : outcome(checks[name], context)
  if (result.failed > 0) context.broken.add(name)
  const verdict = result.failed > 0 ? 'failed' : 'passed'
  console.log(`── ${title} ${verdict} in ${((Date.now() - started) / 1000).toFixed(1)} s`)
  return result
}

function leftOut(needed) {
  console.log(`Not run, because this failed: ${checks[needed].title}.`)
  return { passed: 0, failed: 1 }
}

/** How many tests passed and failed. A check without tests of its own counts only when it fails, as one. */
function outcome({ command, action, report }, context) {
  if (action) return attempt(() => action(context.node))
  const path = report && join(context.folder, report.file)
  const succeeded = execute(command, context, report, path)
  if (!report) return { passed: 0, failed: succeeded ? 0 : 1 }
  const written = readJson(path)
  const { passed, failed } = written ? report.count(written) : { passed: 0, failed: 0 }
  if (passed + failed === 0) console.log('No test was run.')
  const hidden = failed === 0 && (!succeeded || passed === 0)
  return { passed, failed: hidden ? 1 : failed }
}

function attempt(action) {
  try {
    action()
    return { passed: 0, failed: 0 }
  } catch (error) {
    console.error(error.message)
    return { passed: 0, failed: 1 }
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
function countVitest({ numPassedTests, numFailedTests, testResults }) {
  const broken = testResults.filter(
    file => file.status === 'failed' && !file.assertionResults.some(test => test.status === 'failed'),
  )
  return { passed: numPassedTests, failed: numFailedTests + broken.length }
}

function countPlaywright({ stats, errors }) {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length }
}
