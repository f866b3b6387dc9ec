import { rmSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { attempt } from '../../../db/schema/quizzes.ts'
import { content } from '../../../src/authoring/content.ts'
import { xssCorpus } from '../../authoring/xss-corpus.ts'
import { addAdmin, password } from '../../support/cast.ts'
import { testSite, type Visitor } from '../../support/site.ts'
import { copyOfSite } from '../../support/site-copy.ts'
import { handIn, tries } from './handed-in.ts'

const quizId = 'introduction-to-group-support/what-group-support-is'
const page = `/admin/quizzes/${quizId}`

/** A question of each kind that people type answers to. */
const typed = [
  { id: 'words', kind: 'text', stem: 'What do you say?', accept: ['hello'], feedback: 'So.' },
  { id: 'count', kind: 'number', stem: 'How many?', accept: [{ value: 3 }], feedback: 'So.' },
  {
    id: 'gap',
    kind: 'gaps',
    stem: 'Fill it in.',
    text: 'You say [1].',
    gaps: [{ accept: ['hello'] }],
    feedback: 'So.',
  },
]

// Its lessons are those that are built already; only a quiz is another.
const folder = copyOfSite({
  'courses/introduction-to-group-support/quizzes/what-group-support-is.yaml': stringify({
    'pass-mark': 80,
    questions: typed,
  }),
})
symlinkSync(resolve('dist'), join(folder, 'dist'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})
const site = await testSite({}, folder)
const { db } = site
const { questions } = content(join(folder, 'content')).quiz(quizId)!

let alder: Visitor
beforeAll(async () => {
  await addAdmin(db, { handle: 'alder' })
  alder = await site.visitor({ handle: 'alder', password })
})

/** So many are shown of a question at most, each once three people gave it. */
const shown = 10
const chunks = Array.from({ length: Math.ceil(xssCorpus.length / shown) }, (_, n) =>
  xssCorpus
    .slice(n * shown, (n + 1) * shown)
    .map((payload, index) => `${'abcdefghij'[index]} ${payload}`.replaceAll('\0', '').slice(0, 120)),
)

/** The pages of figures once three people each have given these answers to every question. */
async function read(answers: readonly string[]) {
  await db.delete(attempt)
  await handIn(
    db,
    quizId,
    tries(questions, answers.length * 3, (_, n) => [answers[n % answers.length]!]),
  )
  const pages = [
    await site.get(page, alder),
    await site.get('/admin/quizzes', alder),
    await site.get(`${page}.csv`, alder),
  ]
  for (const { status } of pages) expect(status).toBe(200)
  const [figures, list, csv] = await Promise.all(pages.map(one => one.text()))
  return { figures: figures!, list: list!, csv: csv! }
}

const tags = (html: string) => html.match(/<[a-z/!]/gi)?.length

const signs: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', '#39': "'" }

/** The wrong answers that a page shows, as its reader sees them. */
const wrongAnswers = (html: string) =>
  [...html.matchAll(/<bdi>([^<]*)<\/bdi>/g)].map(([, text = '']) =>
    text.replace(/&(lt|gt|amp|quot|#39);/g, (_, sign: string) => signs[sign]!),
  )

describe('the figures of a quiz to which people typed markup', () => {
  test.each(chunks.map(chunk => [chunk[0]!, chunk] as const))(
    'are text alone, from %j on',
    async (_, hostile) => {
      const tame = await read(hostile.map((_, n) => `answer ${n}`))
      const told = await read(hostile)
      expect(tags(told.figures)).toBe(tags(tame.figures))
      expect(tags(told.list)).toBe(tags(tame.list))
      const given = wrongAnswers(told.figures)
      for (const answer of hostile) {
        expect(
          given.filter(one => one === answer.trim()),
          answer,
        ).toHaveLength(typed.length)
        expect(told.csv).not.toContain(answer.trim())
      }
    },
  )
})
