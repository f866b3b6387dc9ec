import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { grantFounding } from '../../src/badges/found.ts'
import { content } from '../../src/authoring/content.ts'
import { verifyRecord } from '../../src/record/verify.ts'
import { addTrainee, again } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'

const { db, url } = await testDatabase()
const hope = await addTrainee(db, { handle: 'hope' })
const founding = { personId: hope.id, badge: 'mentor', reason: 'A founding mentor.' }
await db.transaction(tx => grantFounding(tx, content(), founding))

/** `trellis badge …`, as the operator calls it. */
async function run(...args: string[]) {
  const env = { ...process.env, DATABASE_URL: url }
  const all = ['src/cli/main.ts', 'badge', ...args]
  return promisify(execFile)(process.execPath, all, { env }).catch(
    (error: unknown) => error as { stdout: string; stderr: string; code: number },
  )
}

test('an operator suspends a badge and what stands on it, reinstates both, and revokes', async () => {
  const why = ['--for', 'conduct', '--reason', 'Let us talk.']
  const suspended = await run('suspend', '@hope', 'moderator', ...why, '--with', 'mentor', '--json')
  expect(JSON.parse(suspended.stdout)).toEqual({ person: 'hope', badge: 'moderator', suspended: true })
  expect((await again(db, hope)).badges).toEqual(['room-supporter'])

  const reinstated = await run('reinstate', 'hope', 'moderator', '--reason', 'We talked.', '--with', 'mentor')
  expect(reinstated.stdout).toBe('moderator of @hope holds again.\n')
  expect((await again(db, hope)).badges).toHaveLength(3)

  await run('revoke', 'hope', 'mentor', ...why)
  expect((await again(db, hope)).badges).toHaveLength(2)
  expect(await verifyRecord(db)).toMatchObject({ ok: true })
})

test('what can’t be done is said in a sentence, and the command fails', async () => {
  const wrong = await run('suspend', 'hope', 'moderator', '--for', 'whim', '--reason', 'x')
  expect(wrong).toMatchObject({ code: 1, stderr: 'reasonClass: Please choose one of these.\n' })
  expect(await run('renew', 'hope', 'moderator')).toMatchObject({
    ...{ code: 1, stderr: 'This badge has no last day.\n' },
  })
})
