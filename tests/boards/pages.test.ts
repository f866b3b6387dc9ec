import { describe, expect, test } from 'vitest'
import { content } from '../../src/authoring/content.ts'
import { closeDiscussion } from '../../src/discussions/moderation/closing.ts'
import { postReply } from '../../src/discussions/posting.ts'
import { xssCorpus } from '../authoring/xss-corpus.ts'
import { reflect } from '../discussions/deeds.ts'
import { addCohortOf, addMentorOf, addTrainee, openCourses, password } from '../support/cast.ts'
import { testSite } from '../support/site.ts'
import { start } from './deeds.ts'

const site = await testSite()
const { db } = site
await openCourses(db)
const river = await addTrainee(db, { handle: 'river', timeZone: 'Europe/London' })
const moss = await addTrainee(db, { handle: 'moss' })
const cohort = await addCohortOf(db, [river, moss])
const mentor = await addMentorOf(db, [cohort.id], { handle: 'maple' })
const board = String(cohort.id)
const at = async ({ handle }: { handle: string }) => site.visitor({ handle, password })
const [asRiver, asMoss, asMentor] = [await at(river), await at(moss), await at(mentor)]
const page = async (path: string, visitor = asRiver) => (await site.get(path, visitor)).text()

test('whatever people call a topic, or offer as an answer, is words, never markup', async () => {
  const shown: [string, string][] = []
  for (const payload of xssCorpus.map(text => text.replaceAll(/\s+/g, ' ').slice(0, 110))) {
    const options = [`1 ${payload}`.trim(), `2 ${payload}`.trim()]
    const { id } = await start(db, mentor, { board, form: 'poll', title: payload, options })
    shown.push([`/topics/${id}`, payload])
  }
  const asked = [
    ...shown,
    ...xssCorpus.slice(-25).map((payload): [string, string] => [`/boards/${board}`, payload]),
  ]
  for (const [path, payload] of asked)
    if (/[<>]/.test(payload)) expect(await page(path), path).not.toContain(payload)
  const scripts = (html: string) => html.match(/<script/gi)?.length
  expect(scripts(await page(`/boards/${board}`))).toBe(scripts(await page('/boards/community')))
}, 60_000)

describe('a topic that was closed', () => {
  async function aClosedTopic() {
    const { id, postId } = await start(db, river, { board, title: 'Soon closed' })
    return { id, postId, close: () => db.transaction(tx => closeDiscussion(tx, mentor, id)) }
  }

  test('says who closed it, and offers no form to others', async () => {
    const { id, close } = await aClosedTopic()
    expect(await page(`/topics/${id}`)).toContain('Your reply')
    await close()
    const closed = await page(`/topics/${id}`)
    expect(closed).toMatch(/Closed by\s+<a href="\/people\/maple"/)
    expect(closed).not.toContain('Your reply')
    expect(closed).not.toContain('>Reply<')
    expect(await page(`/topics/${id}`, asMentor)).toContain('Your reply')
  })

  test('while somebody was writing gives them their words back, from either form', async () => {
    const { id, postId, close } = await aClosedTopic()
    await close()
    const words = 'Half an hour of careful words.'
    for (const [path, subject] of [
      [`/topics/${id}`, 'topic'],
      [`/topics/${id}?reply=${postId}`, String(postId)],
    ] as const) {
      const fields = { post: String(postId), subject, markdown: words }
      const answer = await site.post('discussions.reply', fields, asMoss, path)
      expect(answer.status).toBe(409)
      const html = await answer.text()
      expect(html).toMatch(new RegExp(`<textarea[^>]*>\\s*${words}`))
      expect(html).toContain('This discussion has been closed')
    }
  })
})

test('the discussion of a module that was closed gives words back as well, and says who closed it', async () => {
  const { id } = await reflect(db, river, 'What I think.')
  const { id: replyId } = await db.transaction(tx =>
    postReply(tx, content(), mentor, { post: id, markdown: 'Thank you.' }),
  )
  expect(replyId).toBeGreaterThan(id)
  const [found] = await db.$client<{ id: string }[]>`select discussion_id as id from post where id = ${id}`
  const module = '/courses/introduction-to-group-support/what-group-support-is'
  expect(await page(`${module}?cohort=${board}`, asMentor)).toContain('Close the discussion')
  const answer = await site.post('discussions.close', { discussion: found!.id }, asMentor, module)
  expect(answer.headers.get('location')).toBe(`${module}?cohort=${board}#discussion`)
  expect(await page(module, asMoss)).toMatch(/Closed by/)
  const refused = await site.post(
    'discussions.reply',
    { post: String(id), subject: String(id), markdown: 'Kept words.' },
    asMoss,
    `${module}?reply=${id}`,
  )
  expect(refused.status).toBe(409)
  expect(await refused.text()).toMatch(/<textarea[^>]*>\s*Kept words\./)
})

describe('who has the hardest day', () => {
  test('sees whom to turn to where they are, and nobody else sees that they did', async () => {
    const { id } = await start(db, mentor, { board, form: 'check-in', title: 'How are you today?' })
    const gentle = 'You don’t have to carry it alone'.replace('You', 'you').slice(4)
    await site.post(
      'boards.checkIn',
      { discussion: String(id), option: '0', line: '' },
      asRiver,
      `/topics/${id}`,
    )
    await site.post(
      'boards.checkIn',
      { discussion: String(id), option: '4', line: '' },
      asMoss,
      `/topics/${id}`,
    )
    const own = await page(`/topics/${id}`)
    expect(own).toContain(gentle)
    expect(own).toContain('Helplines in United Kingdom')
    for (const other of [asMoss, asMentor])
      expect(await page(`/topics/${id}?answers=results`, other)).not.toContain(gentle)
  })
})

test('a trainee who asks for the form of a poll gets that of a topic; a mentor gets it', async () => {
  expect(await page(`/boards/${board}/new?form=poll`)).toContain('Start a topic</h1>')
  expect(await page(`/boards/${board}/new?form=poll`, asMentor)).toContain('Answer 8')
})

test('a poll that can’t be taken comes back with every answer and what is wrong beside it', async () => {
  const fields = {
    board,
    form: 'poll',
    title: 'Which?',
    'options.1': 'Yes',
    'options.6': 'yes',
    markdown: 'Some words.',
  }
  const answer = await site.post('boards.start', fields, asMentor, `/boards/${board}/new?form=poll`)
  expect(answer.status).toBe(400)
  const html = await answer.text()
  expect(html).toContain('This answer is there already.')
  expect(html).toMatch(/<details open[^>]*>\s*<summary[^>]*>Up to/)
  for (const kept of ['value="Which?"', 'value="Yes"', 'value="yes"', 'Some words.'])
    expect(html).toContain(kept)
})
