import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { guideBookmark, guideCompletion, guideVouch } from '../../db/schema/guides.ts'
import { notification } from '../../db/schema/people.ts'
import { auditEntry } from '../../db/schema/record.ts'
import { content } from '../../src/authoring/content.ts'
import type { Content } from '../../src/authoring/content.ts'
import { loadFacts } from '../../src/badges/load-facts.ts'
import { type Enrolment, noProgress, type Progress } from '../../src/courses/progress.ts'
import { progressOf } from '../../src/courses/progress.ts'
import { refreshesOf } from '../../src/courses/refreshes.ts'
import { Conflict, Forbidden, NotFound } from '../../src/errors.ts'
import { bookmark } from '../../src/guides/bookmark.ts'
import { checkGuide } from '../../src/guides/check-guide.ts'
import { guidesGoal } from '../../src/guides/goal.ts'
import { ownGuides } from '../../src/guides/own-guides.ts'
import { readGuideChanges } from '../../src/guides/read-changes.ts'
import { guidesOf } from '../../src/guides/seen-by-mentors.ts'
import { askedBy, shownBy } from '../../src/guides/shown.ts'
import { suggestion } from '../../src/guides/suggestion.ts'
import { revokeVouch, vouch } from '../../src/guides/vouch.ts'
import { pair } from '../../src/people/buddies.ts'
import type { Person } from '../../src/people/person.ts'
import { xssCorpus } from '../authoring/xss-corpus.ts'
import { rightAnswers } from '../quizzes/answering.ts'
import { addAdmin, addCohortOf, addMentorOf, addTrainee, openCourses, password } from '../support/cast.ts'
import { testSite } from '../support/site.ts'

const site = await testSite()
const { db } = site
await openCourses(db)

const guide = content().guide('giving-a-warning')!
const guideId = guide.id

const vouchFor = (
  mentor: Person,
  { id }: { id: number },
  note = 'On Tuesday, with @bramble.',
  which = guideId,
) => db.transaction(tx => vouch(tx, content(), mentor, { personId: id, guide: which, note }))
const takeBack = (by: Person, id: number, reason = 'I mixed up two people.') =>
  db.transaction(tx => revokeVouch(tx, content(), by, { vouch: id, reason }))
const vouchesOf = ({ id }: { id: number }) => db.select().from(guideVouch).where(eq(guideVouch.personId, id))
const completionsOf = ({ id }: { id: number }) =>
  db.select().from(guideCompletion).where(eq(guideCompletion.personId, id))
const guidesCounted = async ({ id }: { id: number }) =>
  (await loadFacts(db, content(), [id])).get(id)!.guidesCompleted

async function pupil() {
  const who = await addTrainee(db)
  const cohort = await addCohortOf(db, [who])
  return { who, cohort, mentor: await addMentorOf(db, [cohort.id]) }
}

describe('a mentor', () => {
  test('vouches for what they saw: it completes the guide with their name, counts, and its person is told', async () => {
    const { who, mentor } = await pupil()
    await vouchFor(mentor, who)
    expect(await guidesCounted(who)).toBe(1)
    const own = (await ownGuides(db, who)).completed.get(guideId)
    expect(own).toMatchObject({
      vouchedBy: { handle: mentor.handle, note: 'On Tuesday, with @bramble.' },
      version: guide.version,
    })
    const [told] = await db.select().from(notification).where(eq(notification.personId, who.id))
    expect(told).toMatchObject({ kind: 'guide_vouched', href: `/guides/${guideId}#check` })
    const seen = await guidesOf(db, mentor, who.id)
    expect(seen?.done).toMatchObject([{ guide: guideId, vouch: { note: 'On Tuesday, with @bramble.' } }])
  })

  test('takes their word back with a reason: the guide is open again, and both stand in the log', async () => {
    const { who, mentor } = await pupil()
    await vouchFor(mentor, who)
    const [given] = await vouchesOf(who)
    await takeBack(mentor, given!.id)
    expect(await completionsOf(who)).toEqual([])
    expect(await guidesCounted(who)).toBe(0)
    expect(await vouchesOf(who)).toMatchObject([
      { revokedById: mentor.id, revokedReason: 'I mixed up two people.', note: given!.note },
    ])
    const log = await db.select().from(auditEntry).where(eq(auditEntry.subjectId, who.id))
    const said = log.filter(({ action }) => action.startsWith('guide.'))
    expect(said.map(({ action }) => action)).toEqual(['guide.vouched', 'guide.vouch_revoked'])
    await expect(takeBack(mentor, given!.id)).rejects.toThrow(Conflict)
    await vouchFor(mentor, who)
    expect(await guidesCounted(who)).toBe(1)
  })

  test('takes nothing back that they did not give; an admin does', async () => {
    const { who, mentor, cohort } = await pupil()
    const [other, admin] = [await addMentorOf(db, [cohort.id]), await addAdmin(db)]
    await vouchFor(mentor, who)
    const [given] = await vouchesOf(who)
    await expect(takeBack(other, given!.id)).rejects.toThrow(NotFound)
    await expect(takeBack(who, given!.id)).rejects.toThrow(NotFound)
    await takeBack(admin, given!.id)
    expect(await completionsOf(who)).toEqual([])
  })

  test('does not vouch for themselves, for a buddy, or for somebody of another cohort', async () => {
    const { who, mentor, cohort } = await pupil()
    const stranger = await addMentorOf(db, [])
    await expect(vouchFor(stranger, who)).rejects.toThrow(NotFound)
    expect(await guidesOf(db, stranger, who.id)).toBeNull()

    const admin = await addAdmin(db)
    await expect(vouchFor(admin, who)).rejects.toThrow(Forbidden)
    await db.transaction(tx => pair(tx, admin, { personId: mentor.id, handle: who.handle, as: 'newcomer' }))
    await expect(vouchFor(mentor, who)).rejects.toThrow(Forbidden)

    const both = await addMentorOf(db, [cohort.id])
    await db.$client`insert into enrolment (cohort_id, person_id, course) values (${cohort.id}, ${both.id}, ${cohort.course})`
    await expect(vouchFor(both, both)).rejects.toThrow(Forbidden)
    expect([...(await completionsOf(who)), ...(await completionsOf(both))]).toEqual([])
  })

  test('cannot vouch for what is completed already, and two at once complete it once', async () => {
    const { who, mentor, cohort } = await pupil()
    const other = await addMentorOf(db, [cohort.id])
    const both = await Promise.allSettled([vouchFor(mentor, who), vouchFor(other, who)])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await completionsOf(who)).toHaveLength(1)
    expect(await vouchesOf(who)).toHaveLength(1)

    const { who: busy, mentor: theirs } = await pupil()
    await db.transaction(tx =>
      checkGuide(tx, content(), busy, { guide: guideId, answers: rightAnswers(guide.check.questions) }),
    )
    await expect(vouchFor(theirs, busy)).rejects.toThrow(Conflict)
    expect(await vouchesOf(busy)).toEqual([])
  })

  test('vouches and takes back on the person’s page; what they write is only ever words', async () => {
    const { who, mentor } = await pupil()
    const visitor = await site.visitor({ handle: mentor.handle, password })
    const page = `/people/${who.handle}`
    const before = await (await site.get(page, visitor)).text()
    expect(before).toContain(`I have seen @${who.handle} do this`)
    expect(before).toContain('counts for badges')

    const empty = await site.post(
      'guides.vouch',
      { personId: String(who.id), guide: guideId, note: ' ' },
      visitor,
      page,
    )
    expect(empty.status).toBe(400)
    expect(await empty.text()).toContain('Please say what you saw')

    for (const payload of xssCorpus) {
      const fields = { personId: String(who.id), guide: guideId, note: payload.slice(0, 500) }
      expect((await site.post('guides.vouch', fields, visitor, page)).status, payload).toBe(303)
      await db.$client`delete from rate_limit`
      const html = await (await site.get(page, visitor)).text()
      const note = html
        .slice(html.indexOf('quotation'))
        .split('</blockquote>')[0]!
        .split('>')
        .slice(1)
        .join('>')
      expect(note.includes('<'), `${payload} became ${note}`).toBe(false)
      const [given] = (await vouchesOf(who)).filter(({ revokedAt }) => revokedAt === null)
      const answer = await site.post(
        'guides.revokeVouch',
        { subject: `revoke-${given!.id}`, vouch: String(given!.id), reason: payload.slice(0, 500) },
        visitor,
        page,
      )
      expect(answer.status).toBe(303)
    }
    const [trainee, other] = [await addTrainee(db), await addTrainee(db)]
    const theirs = await site.visitor({ handle: trainee.handle, password })
    expect(await (await site.get(`/people/${other.handle}`, theirs)).text()).not.toContain('id="guides"')
  })
})

test('a bookmark is put on a guide once, found again, and taken off', async () => {
  const who = await addTrainee(db)
  const press = (keep: 'yes' | 'no') =>
    db.transaction(tx => bookmark(tx, content(), who, { guide: guideId, keep }))
  await press('yes')
  await press('yes')
  expect((await ownGuides(db, who)).bookmarks).toEqual(new Set([guideId]))
  const visitor = await site.visitor({ handle: who.handle, password })
  const list = await (await site.get('/guides?show=bookmarked', visitor)).text()
  expect(list).toContain(`href="/guides/${guideId}"`)
  expect(list.match(/class="form bookmark"/g)).toHaveLength(1)
  await press('no')
  await press('no')
  expect(await db.select().from(guideBookmark).where(eq(guideBookmark.personId, who.id))).toEqual([])
  const log = await db.select().from(auditEntry).where(eq(auditEntry.actorId, who.id))
  expect(log.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['guide.bookmarked', 'guide.bookmark_removed']),
  )
  await expect(
    db.transaction(tx => bookmark(tx, content(), who, { guide: 'nowhere', keep: 'yes' })),
  ).rejects.toThrow(NotFound)
})

describe('the list of guides', () => {
  const own = {
    completed: new Map([[guideId, { at: new Date(), version: 1, vouchedBy: null }]]),
    bookmarks: new Set([content().guides[0]!.id]),
  }
  const shown = (address: string) =>
    shownBy(content().guides, askedBy(new URLSearchParams(address)), own).map(({ id }) => id)

  test('is kept to what its address asks for', () => {
    const all = content().guides
    expect(shown('')).toHaveLength(all.length)
    expect(shown('topic=crisis')).toEqual(all.filter(({ topic }) => topic === 'Crisis').map(({ id }) => id))
    expect(shown('level=for-leaders')).toEqual(
      all.filter(({ level }) => level === 'for leaders').map(({ id }) => id),
    )
    expect(shown('show=done')).toEqual([guideId])
    expect(shown('show=to-do')).toHaveLength(all.length - 1)
    expect(shown('show=bookmarked')).toEqual([all[0]!.id])
    expect(shown(`show=done&topic=crisis`)).toEqual([])
  })

  test('shows all where the address makes no sense', () => {
    expect(shown('topic=nowhere&level=&show=%00')).toHaveLength(content().guides.length)
  })

  test('tells a guest nothing of their own, and leads to the search', async () => {
    const html = await (await site.get('/guides?show=done')).text()
    expect(html).toContain('href="/search?in=guides"')
    expect(html).not.toContain('name="show"')
    for (const { id } of content().guides) expect(html).toContain(`href="/guides/${id}"`)
  })
})

describe('the guide to read next', () => {
  const course = content().courses[0]!
  const enrolment: Enrolment = {
    ...{ cohortId: 1, course: course.id, name: 'Self-paced', selfPaced: true, startsOn: null, endsOn: null },
    finishedAt: null,
  }
  const taking: Progress = { ...noProgress, enrolments: new Map([[course.id, enrolment]]) }
  const goal = { need: 30, badge: 'Mentor' }
  const but = (...open: string[]) =>
    new Map(
      content()
        .guides.filter(({ id }) => !open.includes(id))
        .map(({ id }) => [id, 1]),
    )

  test('goes with what they are reading, and says so', () => {
    const [here] = course.modules
    expect(suggestion(content(), taking, goal)).toMatchObject({
      guide: { id: here!.guides[0] },
      why: `It goes with “${here!.title}”, which you are at.`,
    })
  })

  test('is never the one they come from, nor one that is completed', () => {
    const [here] = course.modules
    const [one, two] = here!.guides
    expect(suggestion(content(), taking, goal, one)?.guide.id).toBe(two)
    expect(suggestion(content(), { ...taking, guidesDone: but(one!) }, goal, one)).toBeNull()
  })

  test('is otherwise one more towards the badge that asks for guides, the easiest first', () => {
    const next = suggestion(content(), noProgress, goal)
    expect(next).toMatchObject({ guide: { level: 'starting out' }, why: 'Mentor asks for 30 guides.' })
  })

  test('is simply the next by level where no badge asks', () => {
    const last = content().guides.find(({ level }) => level === 'for leaders')!
    const left = { ...noProgress, guidesDone: but(last.id) }
    expect(suggestion(content(), left, { need: 40, badge: null })).toEqual({
      guide: last,
      why: 'It is for those who lead.',
    })
    expect(suggestion(content(), { ...noProgress, guidesDone: but() }, goal)).toBeNull()
  })
})

test('the tracker says for which badge it counts', async () => {
  const who = await addTrainee(db)
  expect(guidesGoal(content(), who, 12)).toEqual({ need: 30, badge: 'Group Support Mentor' })
  const visitor = await site.visitor({ handle: who.handle, password })
  const html = await (await site.get('/guides', visitor)).text()
  expect(html).toContain('Completed, for Group Support Mentor')
  expect(html).toContain('0 of 30 guides')
})

test('a guide that has changed asks for a look, and its completion is never lost', async () => {
  const who = await addTrainee(db)
  const complete = (within: Content) =>
    db.transaction(tx =>
      checkGuide(tx, within, who, { guide: guideId, answers: rightAnswers(guide.check.questions) }),
    )
  await complete(content())
  const revision = {
    ...{ version: 2, on: '2026-11-01', changed: 'The ladder has a new step.' },
    ...{ asks: 'refresh' as const, by: '2026-12-01', again: [] },
  }
  const changed = { ...guide, version: 2, revisions: [revision] }
  const after: Content = {
    ...content(),
    guides: content().guides.map(one => (one.id === guideId ? changed : one)),
    guide: id => (id === guideId ? changed : content().guide(id)),
  }
  const due = async () => refreshesOf(after, await progressOf(db, who))
  expect(await due()).toMatchObject([{ title: guide.title, by: '2026-12-01', changed: [revision] }])
  expect((await loadFacts(db, after, [who.id])).get(who.id)!.guidesCompleted).toBe(1)

  await db.transaction(tx => readGuideChanges(tx, after, who, { guide: guideId }))
  expect(await due()).toEqual([])
  expect(await completionsOf(who)).toMatchObject([{ version: 2 }])
})
