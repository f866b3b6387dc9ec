import { rmSync } from 'node:fs'
import { expect, test } from 'vitest'
import { env } from '../../src/env.ts'
import { missingKeys } from '../../src/keys/missing-keys.ts'
import { allKeys } from '../../src/keys/ring.ts'
import { rotateKeys } from '../../src/keys/rotate.ts'
import { testDatabase } from '../support/database.ts'

const { db } = await testDatabase()

test('a site whose file of keys was lost is told which keys are missing, and one that rotated them is told nothing', async () => {
  expect(await missingKeys(db)).toEqual([])
  rotateKeys()
  expect(await missingKeys(db)).toEqual([])

  const lost = allKeys().map(({ id }) => id)
  rmSync(env.SIGNING_KEYS)
  expect((await missingKeys(db)).toSorted()).toEqual(lost.toSorted())
  expect(allKeys().some(({ id }) => lost.includes(id))).toBe(false)
})
