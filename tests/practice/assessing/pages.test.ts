import { expect, test } from 'vitest'
import { content } from '../../../src/authoring/content.ts'
import { assess } from '../../../src/practice/assessing/assess.ts'
import { logEvidence } from '../../../src/practice/log-evidence.ts'
import { addMentorOf, addTrainee, password } from '../../support/cast.ts'
import { testSite } from '../../support/site.ts'
import { xssCorpus } from '../../authoring/xss-corpus.ts'

const site = await testSite()
const { db } = site
const checklist = content().checklist('leading-a-session')!
const seen = Object.fromEntries(checklist.items.map(({ id }) => [id, 'seen' as const]))

test('no words of an assessment or of a log do anything on the pages that show them', async () => {
  const [person, mentor] = [await addTrainee(db), await addMentorOf(db)]
  const hostile = xssCorpus.join('\n').slice(0, 1990)
  const place = '<img src=x onerror=alert(1)>'
  const said = { checklist: checklist.id, occurredOn: '2026-10-01', place }
  const { id } = await db.transaction(tx =>
    assess(tx, content(), mentor, { ...said, personId: person.id, marks: seen, words: hostile }),
  )
  await db.transaction(tx =>
    logEvidence(tx, content(), person, {
      ...{ what: 'practice_session', occurredOn: '2026-10-01', place, note: hostile.slice(0, 900) },
      ...{ supervisor: mentor.handle, minutes: 60 },
    }),
  )
  const theirs = await site.visitor({ handle: person.handle, password })
  const office = await site.visitor({ handle: mentor.handle, password })
  for (const [visitor, path] of [
    [theirs, `/assessments/${id}`],
    [office, `/assessments/${id}`],
    [theirs, '/practice'],
    [office, '/practice/beside'],
    [theirs, `/practice/checklists/${checklist.id}`],
  ] as const) {
    const html = await (await site.get(path, visitor)).text()
    expect(html).toContain('&lt;img src=x onerror')
    expect(html).not.toMatch(/<img src=x|<script>alert|<svg[^>]*onload/i)
  }
})

test('a form that cannot be taken comes back with every word and every choice', async () => {
  const [person, mentor] = [await addTrainee(db), await addMentorOf(db)]
  const office = await site.visitor({ handle: mentor.handle, password })
  const path = `/people/${person.handle}/assess/${checklist.id}`
  const fields = {
    ...{ personId: String(person.id), checklist: checklist.id, occurredOn: '2026-10-01', place: '' },
    ...{ 'marks.purpose': 'not-yet', words: 'You waited, and it worked.' },
  }
  const answer = await site.post('practice.assess', fields, office, path)
  const html = await answer.text()
  expect(answer.status).toBe(400)
  expect(html).toContain('You waited, and it worked.')
  expect(html).toMatch(/value="not-yet"[^>]*checked|checked[^>]*value="not-yet"/)
  expect(html).toContain('Please say which room or session it was.')
})
