import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { takingPart } from '../../db/schema/discussions.ts'
import { countTakingPart, takingPartOf } from '../../src/discussions/taking-part.ts'
import { addCohortOf, addMentorOf, addTrainee, openCourses } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'
import { open, reflect, reply } from './deeds.ts'

const { db } = await testDatabase()
await openCourses(db)

const repliesOf = async ({ id }: { id: number }) =>
  (await db.select().from(takingPart).where(eq(takingPart.personId, id))).map(({ module, replies }) => [
    module,
    replies,
  ])

test('replying to others takes part, replying to those who answered oneself does not', async () => {
  const [river, moss] = [await addTrainee(db), await addTrainee(db)]
  const cohort = await addCohortOf(db, [river, moss])
  await addMentorOf(db, [cohort.id])
  const rivers = await reflect(db, river)
  const first = await reply(db, moss, rivers.id)
  expect(await repliesOf(moss)).toEqual([[open.id, 1]])
  const thanks = await reply(db, river, first.id, 'Thank you for reading it.')
  expect(await repliesOf(river)).toEqual([])
  await reply(db, moss, thanks.id, 'I would like to hear more.')
  expect(await repliesOf(moss)).toEqual([[open.id, 2]])
  expect(await takingPartOf(db, first.id)).toEqual({ personId: moss.id, module: open.id })
  expect(await takingPartOf(db, thanks.id)).toBeNull()
  expect(await takingPartOf(db, rivers.id)).toBeNull()
})

test('a reply that is taken away counts one less, and never less than none', async () => {
  const moss = await addTrainee(db)
  const part = { personId: moss.id, module: open.id }
  await db.transaction(tx => countTakingPart(tx, { ...part, by: -1 }))
  expect(await repliesOf(moss)).toEqual([])
  await db.transaction(tx => countTakingPart(tx, { ...part, by: 1 }))
  await db.transaction(tx => countTakingPart(tx, { ...part, by: -1 }))
  await db.transaction(tx => countTakingPart(tx, { ...part, by: -1 }))
  expect(await repliesOf(moss)).toEqual([[open.id, 0]])
})
