import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { content } from '../../../src/authoring/content.ts'
import { plusDays } from '../../../src/badges/day.ts'
import { today } from '../../../src/badges/load-facts.ts'
import { nextStep } from '../../../src/badges/next-step.ts'
import { projectionInWords } from '../../../src/badges/projection/in-words.ts'
import { isWithOthers, latelyOf } from '../../../src/badges/projection/lately.ts'
import { aheadInWords, notesOn } from '../../../src/badges/projection/notes.ts'
import { factsOf, standingOn } from '../../../src/badges/standing-of.ts'
import { leavesOf } from '../../../src/badges/standing.ts'
import type { Person } from '../../../src/people/person.ts'
import { addTrainee } from '../../support/cast.ts'
import { testDatabase } from '../../support/database.ts'
import { completeCourse } from '../deeds.ts'

const { db } = await testDatabase()
const all = content()

test.each([
  ['2026-06-20', '2026-06-20', 'on 20 June 2026'],
  ['2026-06-03', '2026-06-08', 'within about a week'],
  ['2026-06-10', '2026-06-17', 'within about 2 weeks'],
  ['2026-06-20', '2026-07-01', 'within about 4 weeks'],
  ['2026-07-03', '2026-07-09', 'around early July'],
  ['2026-08-12', '2026-08-19', 'around mid-August'],
  ['2026-08-12', '2026-08-30', 'in August'],
  ['2026-08-12', '2026-09-02', 'in August or September'],
  ['2026-08-12', '2026-11-02', 'between August and November'],
  ['2026-12-12', '2027-01-02', 'in December or January 2027'],
  ['2027-01-12', '2027-04-02', 'between January and April 2027'],
])('from %s to %s is said on 1 June as “%s”', (from, by, words) => {
  expect(projectionInWords({ from, by }, '2026-06-01')).toBe(words)
})

/** Somebody who came so many days ago, and was at a group chat on these days before today. */
async function came(ago: number, ...chats: number[]): Promise<Person> {
  const person = await addTrainee(db, { joinedOn: plusDays(today(), -ago) })
  await db.execute(
    sql`update person set created_at = now() - ${ago} * interval '1 day' where id = ${person.id}`,
  )
  for (const day of chats) await evidence(person, 'confirmed', day)
  return person
}
const evidence = (person: Person, state: string, ago: number, source = 'chat-platform') =>
  db.execute(sql`
    insert into evidence (person_id, kind, source, external_id, occurred_on, state)
    values (${person.id}, 'group_chat', ${source}, ${`${person.id}-${ago}-${state}`}, current_date - ${ago}::int, ${state})`)

async function read(person: Person, id: string) {
  const facts = await factsOf(db, all, person.id)
  const lately = await latelyOf(db, all, person.id, facts)
  const standing = standingOn(all, all.badge(id)!, facts)
  const notes = Object.fromEntries(
    leavesOf(standing).map(leaf => [leaf.kind, notesOn(all, lately, today())(leaf)]),
  )
  return { standing, lately, notes, ahead: aheadInWords(standing, lately, today()) }
}

test('somebody new is told no day, and nobody is told one for what others decide', async () => {
  const { notes, ahead } = await read(await came(3, 1), 'room-supporter')
  expect(notes).toMatchObject({ evidence: [], 'course-complete': [] })
  expect(ahead).toBeUndefined()
  const leader = await read(await came(200, 40, 30, 20, 10, 3), 'mentor-leader')
  expect(Object.values(leader.notes).flat()).toEqual([])
  expect(leader.ahead).toBeUndefined()
})

test('what was done of late is looked at counter by counter, corrections apart', async () => {
  const person = await came(200, 100, 40, 30, 20, 10, 3)
  await evidence(person, 'confirmed', 2, 'correction')
  await completeCourse(db, person, 'introduction-to-group-support')
  const { lately, notes } = await read(person, 'mentor')
  const of = (what: string) => lately.pace.deeds.filter(deed => deed.what === what).length
  const modules = all.course('introduction-to-group-support')!.modules.length
  expect([of('evidence'), of('reading'), of('reflection'), of('quiz'), of('module')]).toEqual([
    5,
    ...Array<number>(4).fill(modules),
  ])
  expect(lately.pace.days).toBe(56)
  expect(notes['weeks-holding']).toEqual(['The weeks count from the day on which you hold that badge.'])
})

test('only time is left: then the day is known', async () => {
  const person = await came(14, 3, 2)
  await completeCourse(db, person, 'introduction-to-group-support')
  const { ahead } = await read(person, 'room-supporter')
  expect(ahead).toMatch(/^All that is left is time: you have it on \d+ \w+ \d{4}\.$/)
})

test('what waits for a mentor is said, and no pace beside it; the next step is something that one can do', async () => {
  const person = await came(60, 30, 20, 10, 3)
  await db.execute(
    sql`update evidence set state = 'logged', source = 'log' where person_id = ${person.id} and occurred_on > current_date - 25`,
  )
  const first = await read(person, 'room-supporter')
  expect(first.notes.evidence).toEqual(['3 group chats that you logged are with a mentor.'])
  expect(nextStep(first.standing)?.kind).toBe('evidence')
  expect(nextStep(first.standing, isWithOthers(first.lately))?.kind).toBe('course-complete')

  await completeCourse(db, person, 'introduction-to-group-support')
  const { ahead, lately, standing } = await read(person, 'room-supporter')
  expect(isWithOthers(lately)(nextStep(standing, isWithOthers(lately))!)).toBe(true)
  expect(ahead).toBe('What is left is with a mentor now. You can rest a little.')
})
