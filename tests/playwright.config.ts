import { defineConfig, devices } from '@playwright/test'
import { launchOptions } from './support/browser.ts'

/** End to end: real pages of the production build, in a real Chromium. */
export default defineConfig({
  testDir: './e2e',
  testMatch: '**/*.spec.ts',
  outputDir: '../test-results',
  globalSetup: './support/shared-site.ts',
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  retries: 0,
  // They end what hangs: how long a thing may take is for the benchmark to say.
  timeout: 240_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
  use: {
    ...devices['Desktop Chrome'],
    baseURL: process.env.TRELLIS_SITE,
    screenshot: 'only-on-failure',
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    launchOptions: launchOptions(),
  },
})
