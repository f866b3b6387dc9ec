import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Blank counts as unset, so nothing of the developer's own .env reaches a test. */
const noSettings = {
  PORT: '',
  HOST: '',
  ORIGIN: '',
  DATA_DIR: '',
  DATABASE_URL: '',
  SMTP_URL: '',
  MAIL_FROM: '',
  SECRET: 'the secret of the tests',
  SIGNING_KEYS: '',
  SIGN_UP: '',
  TRUST_PROXY: '',
  WEBHOOK_PRIVATE: '',
  LOG_LEVEL: 'silent',
}

export default defineConfig({
  root,
  // The site itself is tested as it was built; here its actions are only listed.
  resolve: {
    alias: { 'astro:actions': fileURLToPath(new URL('support/astro-actions.ts', import.meta.url)) },
  },
  test: {
    include: ['tests/**/*.test.ts'],
    env: noSettings,
    globalSetup: ['tests/support/cluster.ts'],
    setupFiles: ['tests/support/quiet.ts', 'tests/support/own-keys.ts'],
    pool: 'forks',
    maxWorkers: 2,
    execArgv: ['--import', fileURLToPath(new URL('../bin/lighter-imports.mjs', import.meta.url))],
    restoreMocks: true,
    // They end what hangs; how long a thing may take is for the benchmark to say.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 30_000 } },
  },
})
