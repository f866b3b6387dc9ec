import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { lessonTexts, plainText } from '../../src/authoring/lesson-text.ts'
import { content } from '../../src/authoring/content.ts'
import { indexIfContentChanged } from '../../src/search/index-content.ts'
import { learnWords } from '../../src/search/learn-words.ts'
import { reflect } from '../discussions/deeds.ts'
import { addCohortOf, addTrainee, openCourses } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'

const { db } = await testDatabase()

const pages = async () =>
  (
    await db.execute<{ kind: string; id: string }>(sql`select kind, id from search_page order by kind, id`)
  ).map(({ kind, id }) => `${kind} ${id}`)
const knows = async (word: string) =>
  (await db.execute(sql`select from search_word where word = ${word}`)).length > 0

test('two instances that start at once index every module and guide, each once', async () => {
  await Promise.all([indexIfContentChanged(db, content()), indexIfContentChanged(db, content())])
  const modules = content().courses.flatMap(course => course.modules.map(({ id }) => `module ${id}`))
  const guides = content().guides.map(({ id }) => `guide ${id}`)
  expect(await pages()).toEqual([...guides, ...modules].toSorted())
})

test('the same content is left alone, and other content takes its place', async () => {
  await db.execute(sql`update search_page set title = 'Kept' where id = 'giving-a-warning'`)
  const titles = () => db.execute(sql`select from search_page where title = 'Kept'`)
  await indexIfContentChanged(db, content())
  expect(await titles()).toHaveLength(1)
  const fewer = { ...content(), fingerprint: 'another', guide: () => undefined }
  await indexIfContentChanged(db, fewer)
  expect((await pages()).some(page => page.startsWith('guide'))).toBe(false)
  await indexIfContentChanged(db, content())
  expect(await pages()).toContain('guide giving-a-warning')
  expect(await titles()).toHaveLength(0)
})

test('a lesson’s text is what its readers read', () => {
  const lesson = [
    '---\ntitle: T\n---\n\n## A **bold** heading\n',
    '<Scenario title="A quiet newcomer">\n\n<Chat>\n\n- **@river**: hi\n\n</Chat>\n\n</Scenario>\n',
    '<Helplines />\n\n{/* not this */}See [the guide](/guides/x "tip") and `code`.\n\n| a | b |\n| - | - |\n| c | d |\n',
  ].join('\n')
  expect(plainText(lesson, { Helplines: 'Samaritans' })).toBe(
    'A bold heading\nA quiet newcomer\n@river: hi\nSamaritans\nSee the guide and code.\na\nb\nc\nd',
  )
  for (const { text } of lessonTexts('content', {})) expect(text).not.toMatch(/[{}<>]|\]\(/)
})

test('words of posts are learned once they have settled, each post once, and removed ones not', async () => {
  await openCourses(db)
  const [river, moss] = [await addTrainee(db), await addTrainee(db)]
  await addCohortOf(db, [river, moss])
  const { id } = await reflect(db, river, 'A Kestrelflight, http://kestrel.example/x and 12345.')
  const removed = await reflect(db, moss, 'A plovercall.')
  await learnWords(db)
  expect(await knows('kestrelflight')).toBe(false)

  await db.execute(sql`update post set removed = 'deleted' where id = ${removed.id}`)
  await db.execute(sql`update post set created_at = now() - interval '2 minutes'`)
  await Promise.all([learnWords(db), learnWords(db)])
  expect(await knows('kestrelflight')).toBe(true)
  for (const word of ['plovercall', '12345', 'kestrel.example']) expect(await knows(word), word).toBe(false)

  await db.execute(sql`delete from search_word where word = 'kestrelflight'`)
  await learnWords(db)
  expect(await knows('kestrelflight')).toBe(false)
  const [fact] = await db.execute<{ value: string }>(
    sql`select value from site_fact where name = 'post up to which words are learned'`,
  )
  expect(Number(fact!.value)).toBe(Math.max(id, removed.id))
})
