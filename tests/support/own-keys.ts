import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

/** Each test file signs with keys of its own, as does the site that it starts: one may rotate them. */
const file = join(tmpdir(), `trellis-tests-keys-${process.pid}.json`)
process.env.SIGNING_KEYS = file
afterAll(() => {
  rmSync(file, { force: true })
})
