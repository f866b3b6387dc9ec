import { asc, eq, sql } from 'drizzle-orm'
import { afterEach, describe, expect, test } from 'vitest'
import { badgeVersion } from '../../../db/schema/badges.ts'
import { recordEntry } from '../../../db/schema/record.ts'
import { asWritten, type Content } from '../../../src/authoring/content.ts'
import { compareStandings } from '../../../src/badges/compare-standings.ts'
import type { Criterion } from '../../../src/badges/criterion.ts'
import { plusDays } from '../../../src/badges/day.ts'
import { rebuildStandings } from '../../../src/badges/everybody/rebuild-standings.ts'
import type { FrozenBadge } from '../../../src/badges/frozen.ts'
import { grantBadge } from '../../../src/badges/grant.ts'
import { today } from '../../../src/badges/load-facts.ts'
import { queue } from '../../../src/badges/queue.ts'
import { reviewStanding } from '../../../src/badges/review-standing.ts'
import { underRules } from '../../../src/badges/rules/as-in-force.ts'
import { judgeAnew } from '../../../src/badges/rules/judge-anew.ts'
import { loadRules } from '../../../src/badges/rules/load-rules.ts'
import { isBeingJudged, judgedIn, rulesOfAll, rulesOfBadge } from '../../../src/badges/rules/overview.ts'
import { groups, previewRules } from '../../../src/badges/rules/preview.ts'
import { noteProposals } from '../../../src/badges/rules/propose.ts'
import { type PutInForce, putInForce } from '../../../src/badges/rules/put-in-force.ts'
import { standingOf } from '../../../src/badges/standing-of.ts'
import { Conflict, Forbidden, Invalid, NotFound } from '../../../src/errors.ts'
import type { Person } from '../../../src/people/person.ts'
import { addAdmin, addTrainee, openCourses } from '../../support/cast.ts'
import { testDatabase } from '../../support/database.ts'
import { populate } from '../everybody/population.ts'

const { db } = await testDatabase()
await openCourses(db)
const admin = await addAdmin(db)
const badge = 'on-spot-host'

const chats = (count: number): Criterion => ({ kind: 'evidence', evidence: 'group_chat', count })

/** The content, with other criteria for one badge, or without that badge. */
function content(asked: Criterion | null, id = badge): Content {
  const all = asWritten()
  const badges = all.badges.flatMap(one =>
    one.id !== id ? [one] : asked ? [{ ...one, criteria: asked }] : [],
  )
  return { ...all, badges, badge: name => badges.find(one => one.id === name) }
}

const versions = () =>
  db.select().from(badgeVersion).where(eq(badgeVersion.badge, badge)).orderBy(asc(badgeVersion.number))
const states = async () =>
  (await versions()).map(({ inForceFrom, withdrawnAt }) =>
    inForceFrom ? 'in force' : withdrawnAt ? 'withdrawn' : 'proposed',
  )
/** The content as an instance has it that has just asked what is in force. */
const judgedBy = async (asked: Content) => underRules(asked, await loadRules(db))

/** A site that began with one rule, and whose content asks for another now. */
async function changed(from: Criterion, to: Criterion): Promise<Content> {
  await noteProposals(db, content(from))
  await noteProposals(db, content(to))
  return content(to)
}

const puts = (values: Partial<PutInForce> = {}, by: Person | null = admin) =>
  db.transaction(tx =>
    putInForce(tx, by, {
      badge,
      version: 2,
      partWay: 'move',
      until: '',
      reason: 'Practice matters.',
      ...values,
    }),
  )

/** Somebody with so many chats, whose standing is as these rules have it. */
async function addWith(count: number, rules: Content, joinedOn = '2026-01-01'): Promise<Person> {
  const person = await addTrainee(db, { joinedOn })
  await db.execute(sql`
    insert into evidence (person_id, kind, source, external_id, occurred_on, count, state)
    values (${person.id}, 'group_chat', 'x', ${`chats-${person.id}`}, '2026-02-01', ${count}, 'confirmed')`)
  await db.transaction(tx => reviewStanding(tx, rules, person.id))
  return person
}

const meets = async (person: Person) => {
  const [row] = await db.execute<{ met: boolean }>(
    sql`select met_on @> current_date as met from standing where person_id = ${person.id} and badge = ${badge}`,
  )
  return row?.met
}

/** Standings on the badge that are kept otherwise than the facts say. */
const wrong = async (by: Content) => (await compareStandings(db, by)).filter(one => one.badge === badge)

const grants = (person: Person, by: Content) =>
  db.transaction(tx => grantBadge(tx, by, null, { personId: person.id, badge }))
const granted = async (person: Person) => {
  const [row] = await db.select().from(recordEntry).where(eq(recordEntry.personId, person.id))
  return row?.criteria as FrozenBadge
}

afterEach(async () => {
  await db.delete(badgeVersion)
  await db.execute(sql`truncate standing, evidence`)
  await db.execute(
    sql`update certificate set ended_at = now(), ended_by = 'revocation' where ended_at is null`,
  )
})

describe('what content says anew', () => {
  test('is in force at once for a badge that was never seen, and changes nothing at the next start', async () => {
    await noteProposals(db, content(chats(2)))
    await noteProposals(db, content(chats(2)))
    expect(await versions()).toMatchObject([
      { number: 1, criteria: chats(2), putInForceBy: null, keepUntil: null },
    ])
    expect((await judgedBy(content(chats(2)))).badge(badge)?.version).toBe(1)
  })

  test('is a proposal for a badge that is known: nobody’s standing changes by it', async () => {
    await noteProposals(db, content(chats(2)))
    const person = await addWith(2, await judgedBy(content(chats(2))))
    await noteProposals(db, content(chats(3)))
    const now = await judgedBy(content(chats(3)))

    expect(await states()).toEqual(['in force', 'proposed'])
    expect(now.badge(badge)).toMatchObject({ criteria: chats(2), version: 1 })
    await rebuildStandings(db, now)
    expect(await meets(person)).toBe(true)
    expect((await standingOf(db, now, person.id, now.badge(badge)!)).met).toBe(true)
    expect(await wrong(now)).toEqual([])
  })

  test('is withdrawn when content says something else before it came into force, or the same as before', async () => {
    await changed(chats(2), chats(3))
    await noteProposals(db, content(chats(4)))
    expect(await states()).toEqual(['in force', 'withdrawn', 'proposed'])
    await noteProposals(db, content(chats(2)))
    expect(await states()).toEqual(['in force', 'withdrawn', 'withdrawn'])
    await expect(puts({ version: 2 })).rejects.toThrow(Conflict)
  })

  test('is no proposal where only its words differ, and those words are the ones to read', async () => {
    await noteProposals(db, content(chats(2)))
    const worded = { ...chats(2), label: 'Two chats, and no more' }
    await noteProposals(db, content(worded))
    expect(await states()).toEqual(['in force'])
    expect((await judgedBy(content(worded))).badge(badge)?.criteria.label).toBe('Two chats, and no more')
  })

  test('of a badge that was away comes back under the version that was in force', async () => {
    await changed(chats(2), chats(3))
    await noteProposals(db, content(null))
    expect(await states()).toEqual(['in force', 'withdrawn'])
    await noteProposals(db, content(chats(2)))
    expect(await states()).toEqual(['in force', 'withdrawn'])
    await noteProposals(db, content(chats(3)))
    expect(await states()).toEqual(['in force', 'withdrawn', 'proposed'])
  })

  test('is taken down once by two instances that start at once', async () => {
    await Promise.all([noteProposals(db, content(chats(2))), noteProposals(db, content(chats(2)))])
    expect(await states()).toEqual(['in force'])
    await Promise.all([noteProposals(db, content(chats(3))), noteProposals(db, content(chats(3)))])
    expect(await states()).toEqual(['in force', 'proposed'])
  })
})

describe('putting it into force', () => {
  test('judges everybody by it, tells what that came to, and takes nobody’s badge', async () => {
    const before = await judgedBy(await changed(chats(4), chats(2)))
    const [few, enough, many] = [await addWith(1, before), await addWith(2, before), await addWith(4, before)]
    await grants(many, before)
    await puts()
    const now = await judgedBy(content(chats(2)))
    const [begun] = (await rulesOfAll(db, now, admin)).filter(one => one.badge.id === badge)
    expect(isBeingJudged(begun!.now!)).toBe(true)
    await judgeAnew(db, now)

    expect([await meets(few), await meets(enough), await meets(many)]).toEqual([false, true, true])
    const rules = await rulesOfBadge(db, now, admin, badge)
    expect(rules.now).toMatchObject({
      number: 2,
      gained: 1,
      lost: 0,
      by: admin.handle,
      reason: 'Practice matters.',
    })
    expect(isBeingJudged(rules.now!)).toBe(false)
    expect(judgedIn(rules.now!)).toBeGreaterThanOrEqual(0)
    expect((await queue(db, now, admin, { badge })).waiting.map(({ handle }) => handle)).toEqual([
      enough.handle,
    ])
    expect(await granted(many)).toMatchObject({ version: 1, criteria: chats(4) })
  })

  test('is an admin’s to do, once, with a day that lies ahead', async () => {
    await changed(chats(4), chats(2))
    const trainee = await addTrainee(db)
    await expect(puts({}, trainee)).rejects.toThrow(Forbidden)
    for (const until of ['', 'soon', '2026-02-30', today(), plusDays(today(), 800)])
      await expect(puts({ partWay: 'keep', until })).rejects.toThrow(Invalid)
    await expect(puts({ badge: 'no-such-badge' })).rejects.toThrow(NotFound)
    await expect(puts({ version: 9 })).rejects.toThrow(NotFound)
    const answers = await Promise.allSettled([puts(), puts()])
    expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    await expect(puts()).rejects.toThrow(Conflict)
    const [line] = await db.execute<{ count: number }>(
      sql`select count(*)::int as count from audit_entry where action = 'rules.put_in_force' and actor_id = ${admin.id}
        and details ->> 'reason' = 'Practice matters.' and at > now() - interval '5 seconds' and details ->> 'version' = '2'`,
    )
    expect(line?.count).toBeGreaterThan(0)
  })

  test('a write of an instance that has not heard of it yet is judged by it all the same', async () => {
    const stale = await judgedBy(await changed(chats(4), chats(2)))
    const person = await addWith(3, stale)
    expect(await meets(person)).toBe(false)
    await puts()
    await db.transaction(tx => reviewStanding(tx, stale, person.id))
    expect(await meets(person)).toBe(true)
  })

  test('a grant while everybody is being judged is made under the new version, or not at all', async () => {
    const stale = await judgedBy(await changed(chats(4), chats(2)))
    const [few, enough] = [await addWith(1, stale), await addWith(2, stale)]
    await puts()
    await grants(enough, stale)
    expect(await granted(enough)).toMatchObject({ version: 2, criteria: chats(2) })
    await expect(grants(few, stale)).rejects.toThrow(Forbidden)
    await judgeAnew(db, stale)
    expect(await meets(enough)).toBe(true)
    const rules = await rulesOfBadge(db, await judgedBy(content(chats(2))), admin, badge)
    expect(rules.now?.gained).toBe(0)
  })
})

describe('those who are part-way', () => {
  const until = plusDays(today(), 84)

  test('may finish under the earlier rules until the day, and are granted the version that they met', async () => {
    const before = await judgedBy(await changed(chats(2), chats(5)))
    const here = await addWith(2, before)
    await puts({ partWay: 'keep', until })
    const now = await judgedBy(content(chats(5)))
    await judgeAnew(db, now)
    const later = await addWith(3, now, plusDays(today(), 1))
    const able = await addWith(6, now)

    expect([await meets(here), await meets(later), await meets(able)]).toEqual([true, false, true])
    const [row] = await db.execute<{ days: string }>(
      sql`select met_on::text as days from standing where person_id = ${here.id} and badge = ${badge}`,
    )
    expect(row?.days).toBe(`{(,${plusDays(until, 1)})}`)
    expect(await wrong(now)).toEqual([])

    await grants(here, now)
    await grants(able, now)
    expect(await granted(here)).toMatchObject({ version: 1, criteria: chats(2) })
    expect(await granted(able)).toMatchObject({ version: 2, criteria: chats(5) })
  })

  test('lose nothing by it in the count of whom it changes; who moves at once does', async () => {
    const before = await judgedBy(await changed(chats(2), chats(5)))
    await addWith(2, before)
    await puts()
    await judgeAnew(db, before)
    const rules = await rulesOfBadge(db, before, admin, badge)
    expect(rules.now).toMatchObject({ gained: 0, lost: 1 })
  })
})

describe('the preview', () => {
  const show = async (from: Criterion, to: Criterion, asked = {}) =>
    (await previewRules(db, asWritten(), admin, { badge, from, to }, asked))!

  test('says who gains, who loses, who is within reach and who keeps it, by name', async () => {
    const before = await judgedBy(await changed(chats(2), chats(4)))
    const both = (count: number): Criterion => ({
      kind: 'all',
      criteria: [chats(count), { kind: 'guides-completed', count: 9 }],
    })
    const [low, high, held] = [await addWith(2, before), await addWith(4, before), await addWith(3, before)]
    await grants(held, before)
    const figures = { gain: 0, lose: 1, stay: 1, holders: 1, holdersShort: 1 }
    expect(await show(chats(2), chats(4))).toMatchObject(figures)
    expect((await show(chats(2), chats(4), { group: 'lose' })).page).toMatchObject([{ handle: low.handle }])
    expect((await show(chats(4), chats(2), { group: 'gain' })).page).toMatchObject([{ handle: low.handle }])
    expect((await show(both(2), both(4), { group: 'near' })).page).toMatchObject([{ handle: high.handle }])
    expect((await show(both(2), both(4), { group: 'away' })).page).toMatchObject([{ handle: low.handle }])
    await expect(
      previewRules(db, asWritten(), await addTrainee(db), { badge, from: chats(1), to: chats(2) }),
    ).rejects.toThrow(Forbidden)
  })

  test('is read page by page, everybody once', async () => {
    const before = await judgedBy(await changed(chats(9), chats(1)))
    const added = []
    for (let count = 0; count < 120; count++) added.push((await addWith(2, before)).handle)
    const seen: string[] = []
    for (let after: number | null = 0; after !== null;) {
      const shown = await show(chats(9), chats(1), { group: 'gain', after })
      expect(shown.gain).toBe(120)
      seen.push(...shown.page.map(({ handle }) => handle))
      after = shown.next
    }
    expect(seen).toEqual(added)
  })

  test('foretells what putting it into force does, among people who have done all sorts of things', async () => {
    const asked = (weeks: number, count: number): Criterion => ({
      kind: 'at-least',
      count: 2,
      criteria: [
        { kind: 'weeks-since-joining', weeks },
        {
          ...(chats(count) as { kind: 'evidence'; evidence: string; count: number }),
          within: { amount: 3, unit: 'weeks' },
        },
        { kind: 'holds', badge: 'moderator' },
        { kind: 'guides-completed', count },
      ],
    })
    await populate(db, 400, 0.3)
    const before = await judgedBy(await changed(asked(4, 1), asked(3, 2)))
    await rebuildStandings(db, before)
    const told = await show(asked(4, 1), asked(3, 2))
    expect([told.gain, told.lose, told.near].every(count => count > 0)).toBe(true)
    await puts()
    const now = await judgedBy(content(asked(3, 2)))
    await judgeAnew(db, now)
    const { now: done } = await rulesOfBadge(db, now, admin, badge)
    expect([done!.gained, done!.lost]).toEqual([told.gain, told.lose])
    for (const group of groups) expect((await show(asked(3, 2), asked(3, 2), { group })).gain).toBe(0)
    expect(await wrong(now)).toEqual([])
  }, 60_000)
})

// The last of all, for the many whom it leaves.
test('judging everybody, killed half-way it goes on where it stopped; two instances at once do each batch once', async () => {
  const before = await judgedBy(await changed(chats(4), chats(2)))
  const first = await addWith(3, before)
  await db.execute(sql`
    insert into person (handle, display_name, email, password_hash, kind, age_band, joined_on)
    select 'many' || n, 'many', 'many' || n || '@example.org', 'none', 'listener', 'adult', '2026-01-01'
    from generate_series(1, 25000) n`)
  const last = await addWith(3, before)
  await puts()
  const now = await judgedBy(content(chats(2)))
  const killed = judgeAnew(db, now, () => {
    throw new Error('killed')
  })
  await expect(killed).rejects.toThrow('killed')
  const halfway = (await rulesOfBadge(db, now, admin, badge)).now!
  expect([isBeingJudged(halfway), halfway.done, halfway.gained]).toEqual([true, 10_000, 1])
  expect([await meets(first), await meets(last)]).toEqual([true, false])

  const told: number[] = []
  await Promise.all([1, 2].map(() => judgeAnew(db, now, ({ done }) => told.push(done))))
  // Either may leave the last of it to the other.
  await judgeAnew(db, now, ({ done }) => told.push(done))
  const done = (await rulesOfBadge(db, now, admin, badge)).now!
  expect([isBeingJudged(done), done.done, done.gained, done.lost]).toEqual([false, done.people, 2, 0])
  expect(told).toEqual([20_000, done.people])
  expect(await meets(last)).toBe(true)
})
