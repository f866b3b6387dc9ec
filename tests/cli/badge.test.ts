import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { content } from '../../src/authoring/content.ts'
import { appealDecision } from '../../src/badges/appeals/appeal.ts'
import { revokeBadge } from '../../src/badges/revoke.ts'
import { addAdmin, addTrainee, again } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'

const { db, url } = await testDatabase()

/** `trellis badge … --json` on the database of this file: the exit code, and what it answers. */
function trellis(...args: string[]) {
  const { status, stdout } = spawnSync(process.execPath, ['src/cli/main.ts', 'badge', ...args, '--json'], {
    env: { ...process.env, DATABASE_URL: url },
    encoding: 'utf8',
  })
  return { status, said: JSON.parse(stdout) as never }
}

test('where there is one admin alone, the operator grants by override and answers what that admin decided', async () => {
  const admin = await addAdmin(db)
  const person = await addTrainee(db, { handle: 'moss' })
  expect(trellis('grant', 'moss', 'moderator', '--reason', ' ').status).toBe(1)
  expect(trellis('grant', '@moss', 'moderator', '--reason', 'Led rooms for years.')).toEqual({
    ...{ status: 0, said: { person: 'moss', badge: 'moderator' } },
  })
  expect((await again(db, person)).badges.toSorted()).toEqual(['moderator', 'room-supporter'])

  const about = { personId: person.id, badge: 'moderator', reason: 'A breach.' }
  await db.transaction(tx => revokeBadge(tx, content(), admin, { ...about, reasonClass: 'conduct' }))
  await db.transaction(tx => appealDecision(tx, person, { badge: 'moderator', statement: 'It was not me.' }))
  const { appeals } = trellis('appeals').said as { appeals: { id: number }[] }
  expect(appeals).toMatchObject([{ handle: 'moss', badge: 'moderator', kind: 'revocation' }])
  const id = String(appeals[0]!.id)
  expect(trellis('appeal', id, '--outcome', 'perhaps', '--reason', 'x').status).toBe(1)
  expect(trellis('appeal', id, '--outcome', 'upheld', '--reason', 'It was somebody else.').said).toEqual({
    ...{ outcome: 'upheld', granted: true },
  })
  expect((await again(db, person)).badges).toContain('moderator')
  expect(trellis('appeal', id, '--outcome', 'stands', '--reason', 'x').status).toBe(1)
})
