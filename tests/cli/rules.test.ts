import { spawnSync } from 'node:child_process'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { badgeVersion } from '../../db/schema/badges.ts'
import { plusDays } from '../../src/badges/day.ts'
import { today } from '../../src/badges/load-facts.ts'
import { content } from '../../src/authoring/content.ts'
import { rulesOfBadge } from '../../src/badges/rules/overview.ts'
import { addTrainee } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'

const { db, url } = await testDatabase()

/** `trellis badge rules … --json` on the database of this file: the exit code, and what it answers. */
function rules(...args: string[]) {
  const { status, stdout } = spawnSync(
    process.execPath,
    ['src/cli/main.ts', 'badge', 'rules', ...args, '--json'],
    { env: { ...process.env, DATABASE_URL: url }, encoding: 'utf8' },
  )
  return { status, said: JSON.parse(stdout) as unknown }
}

test('an operator sees what waits and whom it would change it for, and puts it into force', async () => {
  await addTrainee(db)
  const [host] = (rules('list').said as { badge: string }[]).filter(({ badge }) => badge === 'on-spot-host')
  expect(host).toMatchObject({ version: 1, proposed: null })
  expect(rules('preview', 'no-such-badge')).toMatchObject({ status: 1 })

  // The site began with something that everybody meets.
  await db
    .update(badgeVersion)
    .set({ criteria: { kind: 'weeks-since-joining', weeks: 1 } })
    .where(eq(badgeVersion.badge, 'on-spot-host'))
  expect(rules('preview', 'on-spot-host').said).toMatchObject({ version: 2, people: 1, gain: 0, lose: 1 })
  const keeps = ['--reason', 'Practice matters.', '--keep-until']
  const until = plusDays(today(), 30)
  expect(rules('apply', 'on-spot-host', ...keeps, until)).toEqual({
    status: 0,
    said: { badge: 'on-spot-host', version: 2, gained: 1, lost: 0 },
  })
  expect(await rulesOfBadge(db, content(), null, 'on-spot-host')).toMatchObject({
    ...{ now: { number: 2, keepUntil: until }, proposal: undefined },
  })
  expect(rules('apply', 'on-spot-host', '--reason', 'Again.')).toMatchObject({ status: 1 })
})
