import { and, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { post, reaction } from '../../db/schema/discussions.ts'
import { notification } from '../../db/schema/people.ts'
import { auditEntry } from '../../db/schema/record.ts'
import { progressOf } from '../../src/courses/progress.ts'
import { enrol } from '../../src/courses/enrolment.ts'
import { viewOf } from '../../src/discussions/links.ts'
import { react } from '../../src/discussions/reactions.ts'
import { shownTo } from '../../src/discussions/shown.ts'
import { Conflict, Forbidden, Invalid, NotFound } from '../../src/errors.ts'
import type { Person } from '../../src/people/person.ts'
import { addAdmin, addCohortOf, addMentorOf, addTrainee, openCourses } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'
import { guarded, lenient, open, reflect, reply } from './deeds.ts'

const { db } = await testDatabase()
await openCourses(db)

const press = (person: Person, postId: number, on = true, id = 'thank-you') =>
  db.transaction(tx => react(tx, lenient, person, { post: postId, reaction: id, on }))

const countsOf = async (id: number) =>
  (await db.select({ reactions: post.reactions }).from(post).where(eq(post.id, id)))[0]!.reactions

const rowsOf = (id: number) => db.select().from(reaction).where(eq(reaction.postId, id))

async function aReflection() {
  const [river, moss, reed] = [await addTrainee(db), await addTrainee(db), await addTrainee(db)]
  const cohort = await addCohortOf(db, [river, moss, reed])
  const { id } = await reflect(db, river)
  return { river, moss, reed, cohort, id }
}

test('whoever takes part thanks somebody, sees it counted with their own, and takes it back', async () => {
  const { river, moss, id } = await aReflection()
  await press(moss, id)
  await press(moss, id, true, 'learned')
  const view = viewOf(new URLSearchParams())
  const see = async () =>
    (await shownTo(db, lenient, moss, { module: open, progress: await progressOf(db, moss), view }))
      ?.others[0]
  expect(await see()).toMatchObject({ reactions: { 'thank-you': 1, learned: 1 } })
  expect((await see())?.ownReactions.toSorted()).toEqual(['learned', 'thank-you'])
  await press(moss, id, false)
  expect(await see()).toMatchObject({ reactions: { learned: 1 }, ownReactions: ['learned'] })

  const log = await db.select().from(auditEntry).where(eq(auditEntry.actorId, moss.id))
  expect(log.map(({ action }) => action)).toEqual(['reaction.given', 'reaction.given', 'reaction.taken'])
  expect(log.every(({ subjectId }) => subjectId === river.id)).toBe(true)
  const told = await db
    .select()
    .from(notification)
    .where(and(eq(notification.personId, river.id)))
  expect(told).toEqual([])
})

test('pressing twice, one after the other or at once, counts once, both ways', async () => {
  const { moss, id } = await aReflection()
  await Promise.all([press(moss, id), press(moss, id), press(moss, id)])
  await press(moss, id)
  expect(await countsOf(id)).toEqual({ 'thank-you': 1 })
  expect(await rowsOf(id)).toHaveLength(1)
  await Promise.all([press(moss, id, false), press(moss, id, false)])
  expect(await countsOf(id)).toEqual({})
  expect(await rowsOf(id)).toEqual([])
})

test('of many people at once every one is counted', async () => {
  const { cohort, id } = await aReflection()
  const crowd: Person[] = []
  for (let index = 0; index < 8; index++) {
    const person = await addTrainee(db)
    await db.transaction(tx => enrol(tx, null, { cohortId: cohort.id, personId: person.id }))
    crowd.push(person)
  }
  await Promise.all(crowd.map(person => press(person, id)))
  expect(await countsOf(id)).toEqual({ 'thank-you': 8 })
  await Promise.all(crowd.slice(0, 5).map((person, index) => press(person, id, index > 2, 'thank-you')))
  expect(await countsOf(id)).toEqual({ 'thank-you': 5 })
  expect(await rowsOf(id)).toHaveLength(5)
})

test('nobody reacts to their own posts, with what is not on offer, or where they don’t take part', async () => {
  const { river, moss, cohort, id } = await aReflection()
  await expect(press(river, id)).rejects.toThrow(Forbidden)
  await expect(press(moss, id, true, 'thumbs-down')).rejects.toThrow(Invalid)
  await expect(press(await addAdmin(db), id)).rejects.toThrow(Forbidden)
  await expect(press(await addTrainee(db), id)).rejects.toThrow(NotFound)
  await press(await addMentorOf(db, [cohort.id]), id)
  expect(await countsOf(id)).toEqual({ 'thank-you': 1 })
})

test('whoever has to answer first can’t react to what they can’t see yet', async () => {
  const { river, moss } = await aReflection()
  const { id } = await reflect(db, river, 'First.', guarded.id)
  await expect(press(moss, id)).rejects.toThrow(NotFound)
  await reflect(db, moss, 'Second.', guarded.id)
  await press(moss, id)
  expect(await countsOf(id)).toEqual({ 'thank-you': 1 })
})

test('to what was removed nobody reacts any more', async () => {
  const { moss, reed, id } = await aReflection()
  const answer = await reply(db, moss, id)
  await db.update(post).set({ removed: 'hidden' }).where(eq(post.id, answer.id))
  await expect(press(reed, answer.id)).rejects.toThrow(Conflict)
  expect(await rowsOf(answer.id)).toEqual([])
})
