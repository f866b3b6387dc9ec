import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import type { Tx } from '../../../db/client.ts'
import { certificate } from '../../../db/schema/badges.ts'
import { savedComment } from '../../../db/schema/grading.ts'
import { auditEntry } from '../../../db/schema/record.ts'
import { content } from '../../../src/authoring/content.ts'
import { Conflict, Forbidden, Invalid, NotFound } from '../../../src/errors.ts'
import { type CommentInput, mostComments } from '../../../src/grading/comments/comment.ts'
import {
  changeComment,
  copyComment,
  keepComment,
  removeComment,
  shareComment,
} from '../../../src/grading/comments/keep.ts'
import { commentFilter, comments, commentsAtHand } from '../../../src/grading/comments/list.ts'
import { keepWords, putIn } from '../../../src/grading/comments/use.ts'
import type { Person } from '../../../src/people/person.ts'
import { suspend } from '../../../src/people/suspension.ts'
import { atOnce } from '../../support/at-once.ts'
import { addAdmin, addCohortOf, addMentorOf, addTrainee } from '../../support/cast.ts'
import { testDatabase } from '../../support/database.ts'
import { markingOf, reflect } from '../reflections.ts'

const { db } = await testDatabase()
const admin = await addAdmin(db)
const course = 'introduction-to-group-support'

let maple: Person
let myrtle: Person
let cohort: { id: number }

beforeEach(async () => {
  cohort = await addCohortOf(db)
  maple = await addMentorOf(db, [cohort.id])
  myrtle = await addMentorOf(db, [cohort.id])
})

const keepIn = (tx: Tx, who: Person, input: Partial<CommentInput> = {}) =>
  keepComment(tx, content(), who, {
    ...{ title: 'Well seen', markdown: 'Thank you, {name}.', course: '', shared: false },
    ...input,
  })
const keep = (who: Person, input: Partial<CommentInput> = {}) => db.transaction(tx => keepIn(tx, who, input))
const change = (who: Person, id: number, markdown = 'Changed.') =>
  db.transaction(tx => changeComment(tx, content(), who, { id, title: 'Changed', markdown, course: '' }))
const share = (who: Person, id: number, shared = true) =>
  db.transaction(tx => shareComment(tx, who, id, shared))
const remove = (who: Person, id: number) => db.transaction(tx => removeComment(tx, who, id))
const copy = (who: Person, id: number) => db.transaction(tx => copyComment(tx, who, id))
const titles = async (who: Person, asked: Record<string, unknown> = {}) =>
  (await comments(db, who, commentFilter.parse(asked))).comments.map(({ title }) => title)
const textOf = async (who: Person, title: string) =>
  (await commentsAtHand(db, who, course)).find(one => one.title === title)?.markdown
const auditOf = async (id: number) =>
  (await db.select().from(auditEntry))
    .filter(({ details }) => (details as { comment?: number }).comment === id)
    .map(({ action }) => action)

test('a mentor keeps words, changes them and removes them, and the log says each', async () => {
  const id = await keep(maple)
  expect(await titles(maple)).toEqual(['Well seen'])
  await change(maple, id)
  expect(await textOf(maple, 'Changed')).toBe('Changed.')
  await remove(maple, id)
  expect(await titles(maple)).toEqual([])
  expect(await commentsAtHand(db, maple, course)).toEqual([])
  expect((await db.select().from(savedComment).where(eq(savedComment.id, id)))[0]?.removedAt).toBeInstanceOf(
    Date,
  )
  expect(await auditOf(id)).toEqual(['comment.kept', 'comment.changed', 'comment.removed'])
  await expect(change(maple, id)).rejects.toThrow(NotFound)
})

test('another mentor finds it once it is shared, uses it, and cannot change it', async () => {
  const id = await keep(maple)
  expect(await titles(myrtle, { whose: 'others' })).toEqual([])
  await expect(copy(myrtle, id)).rejects.toThrow(NotFound)
  await expect(change(myrtle, id)).rejects.toThrow(NotFound)
  await share(maple, id)
  expect(await textOf(myrtle, 'Well seen')).toBe('Thank you, {name}.')
  await expect(change(myrtle, id)).rejects.toThrow(Forbidden)
  await expect(share(myrtle, id, false)).rejects.toThrow(Forbidden)
  await expect(remove(myrtle, id)).rejects.toThrow(Forbidden)
  await share(maple, id, false)
  expect(await textOf(myrtle, 'Well seen')).toBeUndefined()
  expect(await auditOf(id)).toEqual(['comment.kept', 'comment.shared', 'comment.unshared'])
})

test('a copy is its new owner’s, whatever becomes of the first', async () => {
  const id = await keep(maple, { shared: true })
  const own = await copy(myrtle, id)
  await change(myrtle, own, 'My way.')
  await remove(maple, id)
  expect(await textOf(myrtle, 'Changed')).toBe('My way.')
  expect(await titles(maple)).toEqual([])
})

test('comments of a course are at hand there alone, one’s own first, and those of no course everywhere', async () => {
  await keep(myrtle, { title: 'A shared one', shared: true })
  await keep(maple, { title: 'B for all' })
  await keep(maple, { title: 'C for here', course })
  await keep(maple, { title: 'D for elsewhere', course: 'moderator-training' })
  const atHand = (await commentsAtHand(db, maple, course)).filter(({ ownerId }) =>
    [maple.id, myrtle.id].includes(ownerId),
  )
  expect(atHand.map(({ title }) => title)).toEqual(['C for here', 'B for all', 'A shared one'])
  expect(await titles(maple, { course: 'moderator-training' })).toEqual(['B for all', 'D for elsewhere'])
  await expect(keep(maple, { course: 'no-such-course' })).rejects.toThrow(Invalid)
})

test('a comment is found by words of its title, whatever signs are in them', async () => {
  await keep(maple, { title: 'Say what you did' })
  await keep(maple, { title: '100% kind' })
  expect(await titles(maple, { words: 'DID  say' })).toEqual(['Say what you did'])
  expect(await titles(maple, { words: '0%' })).toEqual(['100% kind'])
  expect(await titles(maple, { words: '%' })).toEqual(['100% kind'])
  expect(await titles(maple, { words: 'nothing' })).toEqual([])
  expect(await titles(maple, { whose: 'x', page: '-1', words: '' })).toHaveLength(2)
})

test('what stands for nothing is refused, and said by its name', async () => {
  await expect(keep(maple, { markdown: 'Dear {friend}' })).rejects.toThrow(
    'Nothing stands for {friend}. You can use {name}, {module} and {course}.',
  )
  const id = await keep(maple)
  await expect(change(maple, id, 'Dear {friend}')).rejects.toThrow(Invalid)
})

test('a mentor keeps 200 at most, be it two at once that come last', async () => {
  await db.insert(savedComment).values(
    Array.from({ length: mostComments - 1 }, (_, n) => ({
      ownerId: maple.id,
      title: `Number ${n}`,
      markdown: 'x',
    })),
  )
  const twice = await atOnce(
    db,
    tx => keepIn(tx, maple),
    tx => keepIn(tx, maple),
  )
  expect(twice).toEqual(['fulfilled', 'rejected'])
  await expect(keep(maple)).rejects.toThrow(Conflict)
  const [one] = (await comments(db, maple, commentFilter.parse({}))).comments
  await remove(maple, one!.id)
  await keep(maple)
  expect(
    (await commentsAtHand(db, maple, course)).filter(({ ownerId }) => ownerId === maple.id),
  ).toHaveLength(mostComments)
})

test('only who may grade keeps comments, and nobody uses those of a suspended account', async () => {
  const trainee = await addTrainee(db)
  await expect(keep(trainee)).rejects.toThrow(Forbidden)
  await expect(comments(db, trainee, commentFilter.parse({}))).rejects.toThrow(Forbidden)
  expect(await commentsAtHand(db, trainee, course)).toEqual([])

  const id = await keep(maple, { title: 'Before', shared: true })
  await db.transaction(tx => suspend(tx, admin, { personId: maple.id, reason: 'A test.' }))
  expect(await textOf(myrtle, 'Before')).toBeUndefined()
  await expect(copy(myrtle, id)).rejects.toThrow(NotFound)
  await expect(keep(maple)).rejects.toThrow(NotFound)
})

test('a badge that has been revoked ends the keeping at once', async () => {
  await db.update(certificate).set({ endedAt: new Date() }).where(eq(certificate.personId, maple.id))
  await expect(keep(maple)).rejects.toThrow(Forbidden)
})

const half = (marking: number, feedback = '') => ({
  ...{ marking, levels: {}, feedback, toChange: '' },
  into: 'feedback' as const,
})

test('a comment goes to the end of the feedback, with its placeholders filled', async () => {
  const hope = await addTrainee(db, { displayName: '*Hope*' })
  const marking = await markingOf(db, await reflect(db, hope, cohort))
  const id = await keep(maple)
  const put = await db.transaction(tx => putIn(tx, content(), maple, id, half(marking, 'Well.')))
  expect(put.feedback).toBe('Well.\n\nThank you, \\*Hope\\*.')
  const full = half(marking, 'x'.repeat(4990))
  await expect(db.transaction(tx => putIn(tx, content(), maple, id, full))).rejects.toThrow(
    'There is no room',
  )
})

test('nobody learns an author’s name by a comment in a cohort that they do not mentor', async () => {
  const marking = await markingOf(db, await reflect(db, await addTrainee(db), cohort))
  const stranger = await addMentorOf(db, [(await addCohortOf(db)).id])
  const id = await keep(stranger)
  await expect(db.transaction(tx => putIn(tx, content(), stranger, id, half(marking)))).rejects.toThrow(
    NotFound,
  )
  await expect(
    db.transaction(tx => keepWords(tx, content(), stranger, half(marking, 'Words.'))),
  ).rejects.toThrow(NotFound)
})

test('words that were just written are kept under how they begin, and without the name of whom they were for', async () => {
  const hope = await addTrainee(db, { displayName: 'Hope Evermore' })
  const marking = await markingOf(db, await reflect(db, hope, cohort))
  const keepAgain = (text: string) =>
    db.transaction(tx => keepWords(tx, content(), maple, half(marking, text)))
  expect(await keepAgain('**Thank you**, Hope Evermore. You waited.')).toBe('Thank you, {name}. You waited.')
  expect(await textOf(maple, 'Thank you, {name}. You waited.')).toBe('**Thank you**, {name}. You waited.')
  expect(await keepAgain('word '.repeat(30))).toMatch(/^(word ){11}word…$/)
  expect(await keepAgain('***')).toBe('A comment')
  await expect(keepAgain('  ')).rejects.toThrow('no words here yet')
  await expect(keepAgain('Dear {friend}')).rejects.toThrow('{friend}')
  await expect(keepAgain('x'.repeat(2001))).rejects.toThrow('2,000')
})
