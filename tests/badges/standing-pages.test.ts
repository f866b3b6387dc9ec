import { expect, test } from 'vitest'
import { content } from '../../src/authoring/content.ts'
import { answerDispute } from '../../src/badges/disputes/answer.ts'
import { contest } from '../../src/badges/disputes/contest.ts'
import { disputesOf } from '../../src/badges/disputes/disputes.ts'
import { xssCorpus } from '../authoring/xss-corpus.ts'
import { addAdmin, addTrainee, password } from '../support/cast.ts'
import { testSite } from '../support/site.ts'
import { gather } from './deeds.ts'

const site = await testSite()
const { db } = site
const admin = await addAdmin(db)
const office = await site.visitor({ handle: admin.handle, password })

test('nothing that is typed into a dispute or its answer becomes markup on any page', async () => {
  for (let index = 0; index < xssCorpus.length; index += 12) {
    const words = xssCorpus
      .slice(index, index + 12)
      .join('\n')
      .slice(0, 1900)
    const person = await addTrainee(db)
    await gather(db, person, 'group_chat', 1)
    const said = {
      badge: 'mentor',
      counter: 'evidence:group_chat',
      claimed: xssCorpus[index]!.slice(0, 200),
      words,
    }
    await db.transaction(tx => contest(tx, content(), person, said))
    const { id: dispute } = (await disputesOf(db, person, person.id))[0]!
    const visitor = await site.visitor({ handle: person.handle, password })
    const own = '/path/mentor/counted?of=evidence:group_chat'
    const answer = { dispute, outcome: 'corrected' as const, change: 1, answer: words }
    const pages = [await site.get(own, visitor), await site.get(`/admin/disputes/${dispute}`, office)]
    pages.push(await site.get('/admin/disputes', office))
    await db.transaction(tx => answerDispute(tx, content(), admin, answer))
    pages.push(await site.get(own, visitor), await site.get('/admin/disputes?show=answered', office))
    pages.push(await site.get(`/admin/disputes/${dispute}`, office))
    for (const page of pages) {
      const main = (await page.text()).replace(/^[\s\S]*<main[^>]*>|<\/main>[\s\S]*$/g, '')
      expect(page.status).toBe(200)
      expect(main).not.toMatch(/<(script|iframe|object|embed|img|base|meta|math|marquee|body|video|audio)\b/i)
      expect(main).not.toMatch(/<[^>]+\son\w+\s*=/i)
    }
  }
})

test('whatever an address asks for is answered, and never with an error of the site’s own', async () => {
  const person = await addTrainee(db)
  const visitor = await site.visitor({ handle: person.handle, password })
  const strange = [
    '',
    'x',
    '-1',
    '0',
    '9'.repeat(30),
    '2026-02-30',
    "'; drop table person",
    '%00',
    '𝟚',
    '0001-01-01',
  ]
  for (const value of strange) {
    const asked = encodeURIComponent(value)
    for (const path of [
      `/path/mentor/on-a-day?on=${asked}`,
      `/path/mentor/on-a-day?decision=${asked}`,
      `/path/mentor/counted?of=${asked}`,
      `/path/mentor/counted?of=guides-completed&page=${asked}`,
    ])
      expect([path, (await site.get(path, visitor)).status < 500]).toEqual([path, true])
    for (const path of [
      `/admin/disputes?after=${asked}`,
      `/admin/disputes/${asked || 'x'}`,
      `/admin/people/${person.handle}/standing/mentor?on=${asked}&decision=${asked}`,
      `/admin/people/${person.handle}/standing/${asked || 'x'}`,
    ])
      expect([path, (await site.get(path, office)).status < 500]).toEqual([path, true])
  }
})
