import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { post } from '../../db/schema/discussions.ts'
import { content } from '../../src/authoring/content.ts'
import { notesFor } from '../../src/discussions/composer/content-notes.ts'
import { editPost } from '../../src/discussions/editing.ts'
import { postReflection, postReply } from '../../src/discussions/posting.ts'
import { Conflict, Invalid } from '../../src/errors.ts'
import { addCohortOf, addTrainee, openCourses } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'
import { xssCorpus } from '../authoring/xss-corpus.ts'
import { lenient, open, reflect } from './deeds.ts'

const { db } = await testDatabase()
await openCourses(db)

const [note = '', other = ''] = content().discussions.contentNotes
const fitting = 'Being new among strangers'
const touching = {
  ...lenient,
  module: (id: string) =>
    id === open.id
      ? { ...open, reflection: { ...open.reflection!, contentNotes: [fitting, note] } }
      : lenient.module(id),
}

const noteOf = async (id: number) => (await db.select().from(post).where(eq(post.id, id)))[0]!.contentNote

const aTrainee = async () => {
  const river = await addTrainee(db)
  await addCohortOf(db, [river])
  return river
}

const post1 = { module: open.id, markdown: 'My own words.' }

test('the notes that fit the module are offered first, and each once', () => {
  expect(notesFor(touching, touching.module(open.id)!).slice(0, 3)).toEqual([fitting, note, other])
  expect(notesFor(touching, null)).toEqual(content().discussions.contentNotes)
})

test('an author folds a reflection and a reply under a note, changes it, and takes it off again', async () => {
  const river = await aTrainee()
  const { id } = await db.transaction(tx =>
    postReflection(tx, touching, river, { ...post1, contentNote: fitting }),
  )
  expect(await noteOf(id)).toBe(fitting)
  const reply = await db.transaction(tx =>
    postReply(tx, touching, river, { post: id, markdown: 'More.', contentNote: note }),
  )
  expect(await noteOf(reply.id)).toBe(note)
  const edit = (revision: number, contentNote?: string) =>
    db.transaction(tx =>
      editPost(tx, touching, river, { post: id, revision, markdown: post1.markdown, contentNote }),
    )
  await edit(1, other)
  expect(await noteOf(id)).toBe(other)
  await edit(2)
  expect(await noteOf(id)).toBe(other)
  await expect(edit(1, note)).rejects.toThrow(Conflict)
  await edit(2, '')
  expect(await noteOf(id)).toBeNull()
})

test('a note that authors have taken off the list stays where it was chosen', async () => {
  const river = await aTrainee()
  const { id } = await db.transaction(tx =>
    postReflection(tx, touching, river, { ...post1, contentNote: fitting }),
  )
  await db.transaction(tx =>
    editPost(tx, lenient, river, { post: id, revision: 1, markdown: 'Other words.', contentNote: fitting }),
  )
  expect(await noteOf(id)).toBe(fitting)
})

test('nobody writes a note of their own', async () => {
  const river = await aTrainee()
  for (const contentNote of ['Whatever I like', ...xssCorpus.map(String)])
    await expect(
      db.transaction(tx => postReflection(tx, touching, river, { ...post1, contentNote })),
    ).rejects.toThrow(Invalid)
  const { id } = await reflect(db, river)
  await expect(
    db.transaction(tx =>
      editPost(tx, touching, river, { post: id, revision: 1, markdown: 'Words.', contentNote: 'Mine' }),
    ),
  ).rejects.toThrow(Invalid)
})
