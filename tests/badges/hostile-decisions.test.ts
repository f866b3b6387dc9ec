import { expect, test } from 'vitest'
import { content } from '../../src/authoring/content.ts'
import { appealDecision } from '../../src/badges/appeals/appeal.ts'
import { decideAppeal } from '../../src/badges/appeals/decide-appeal.ts'
import { openAppeals } from '../../src/badges/appeals/open-appeals.ts'
import { declineBadge } from '../../src/badges/decline.ts'
import { proposeOverride } from '../../src/badges/overrides/propose.ts'
import { html } from '../../src/layout/html.ts'
import { xssCorpus } from '../authoring/xss-corpus.ts'
import { addAdmin, addTrainee, password } from '../support/cast.ts'
import { testSite } from '../support/site.ts'
import { completeCourse, gather } from './deeds.ts'

const site = await testSite()
const { db } = site
const [alder, wren] = [await addAdmin(db, { handle: 'alder' }), await addAdmin(db)]
const office = await site.visitor({ handle: 'alder', password })
const badge = 'room-supporter'

/** As much of the corpus as a reason takes. */
const chunks = xssCorpus.reduce<string[]>((all, payload) => {
  const text = payload.replaceAll('\0', '').trim()
  const last = all.at(-1)
  if (last !== undefined && last.length + text.length < 990) all[all.length - 1] = `${last} ${text}`
  else all.push(text)
  return all
}, [])

const read = async (path: string, visitor = office) => {
  const answer = await site.get(path, visitor)
  expect(answer.status).toBe(200)
  return answer.text()
}
/** As the layout writes text, and as Astro does. */
const escaped = (text: string) => [
  String(html`${text}`),
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;'),
]
const shows = (page: string, text: string) => {
  expect(page).not.toContain(text)
  expect(escaped(text.slice(0, 40)).some(one => page.includes(one))).toBe(true)
}

test.each(chunks.map((chunk, index) => [index, chunk] as const))(
  'what is said in deciding is read as it was written, and runs nowhere (%i)',
  async (index, words) => {
    const person = await addTrainee(db, { handle: `moss${index}` })
    const own = await site.visitor({ handle: person.handle, password })
    const about = { personId: person.id, badge }

    await db.transaction(tx => proposeOverride(tx, content(), wren, { ...about, reason: words }))
    shows(await read(`/admin/queue/${person.handle}/${badge}`), words)

    await gather(db, person, 'group_chat', 2)
    await completeCourse(db, person, 'introduction-to-group-support')
    await db.transaction(tx => declineBadge(tx, content(), wren, { ...about, reason: words }))
    await db.transaction(tx => appealDecision(tx, person, { badge, statement: words }))
    shows(await read(`/admin/queue/${person.handle}/${badge}`), words)
    shows(await read(`/path/${badge}`, own), words)

    const [appeal] = await openAppeals(db, alder, about)
    const answer = { appeal: appeal!.id, outcome: 'stands' as const, answer: words }
    await db.transaction(tx => decideAppeal(tx, content(), alder, answer))
    shows(await read(`/path/${badge}`, own), words)
    shows(await read('/', own), words)
  },
)
