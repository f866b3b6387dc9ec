import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { addAdmin, addMentorOf, addNewMentorOf, addTrainee, password } from '../../support/cast.ts'
import { testSite, type Visitor } from '../../support/site.ts'
import type { Anchor } from '../../../src/grading/calibration/anchors.ts'
import type { Person } from '../../../src/people/person.ts'
import { alike, anchorsOf, apart, course } from './anchors.ts'

const site = await testSite()
const { db } = site
const anchors = anchorsOf()
const [first, second] = [anchors[0]!, anchors[1]!]
const desk = '/desk/calibration'
const addressOf = ({ id }: Anchor) => `${desk}/${course}/${id}`

let mentor: Person
let visitor: Visitor
const signIn = ({ handle }: Person) => site.visitor({ handle, password })

beforeEach(async () => {
  mentor = await addNewMentorOf(db)
  visitor = await signIn(mentor)
})

const textOf = async (path: string, who = visitor) => (await site.get(path, who)).text()
const grade = (anchor: Anchor, { how = alike, round = 1, key = randomUUID(), who = visitor } = {}) => {
  const { levels, outcome } = how(anchor)
  const fields = Object.fromEntries(Object.entries(levels).map(([id, level]) => [`levels.${id}`, level]))
  return site.post(
    'calibration.grade',
    { key, course, anchor: anchor.id, round: String(round), outcome, ...fields },
    who,
    addressOf(anchor),
  )
}
const gradeAll = async (options: Parameters<typeof grade>[1] = {}) => {
  for (const anchor of anchors) await grade(anchor, options)
}

describe('a new mentor', () => {
  test('finds the courses, how far they are, and the first reflection', async () => {
    const list = await textOf(desk)
    expect(list).toContain('0 of 5 examples')
    expect(list).toContain('You begin here')
    const page = await textOf(`${desk}/${course}`)
    expect(page).toContain(`href="${addressOf(first)}"`)
    expect(page).toContain('Grade the first one')
  })

  test('reads the question and the reflection, and nothing of what the author made of it', async () => {
    const page = await textOf(addressOf(first))
    expect(page).toContain('Of all our group rooms, which do you most like to spend time in')
    expect(page).toContain('my cat looked at me')
    expect(page).toContain('Grade it and compare')
    for (const told of [first.note, ...Object.values(first.reasons)])
      expect(page).not.toContain(told.slice(0, 40))
    expect(page).not.toContain(' checked')
  })

  test('grades it, and sees level by level theirs beside the reference, with the reasons and the next', async () => {
    const answer = await grade(first, { how: apart })
    expect([answer.status, answer.headers.get('location')]).toEqual([
      303,
      `${addressOf(first)}?round=1#compare`,
    ])
    const page = await textOf(addressOf(first))
    expect(page).toContain('0 of 4 alike')
    expect(page).toContain('Two steps lower than the reference')
    expect(page).toContain('Another than the reference')
    expect(page).toContain('A slow writer is not a vague one.')
    expect(page).toContain(`href="${addressOf(second)}"`)
    expect(page).not.toContain('Grade it and compare')
    expect(await textOf(`${desk}/${course}`)).toContain('1 of 5 examples')
  })

  test('who forgets a level has every choice back, and is told all that is left out at once', async () => {
    const { levels } = first
    const fields = {
      key: randomUUID(),
      course,
      anchor: first.id,
      round: '1',
      'levels.honesty': levels.honesty!,
    }
    const answer = await site.post(
      'calibration.grade',
      { ...fields, outcome: 'pass' },
      visitor,
      addressOf(first),
    )
    expect(answer.status).toBe(400)
    const page = await answer.text()
    expect(page).toContain('Please choose a level for “Joined to the module”.')
    expect(page.match(/ checked/g)).toHaveLength(2)
    const nothing = { key: randomUUID(), course, anchor: first.id, round: '1' }
    const asked = await (await site.post('calibration.grade', nothing, visitor, addressOf(first))).text()
    for (const title of ['Honest and specific', 'Joined to the module', 'Careful with others'])
      expect(asked).toContain(`Please choose a level for “${title}”.`)
    expect(asked).toContain('Please choose what you would make of it.')
  })

  test('who presses twice grades once, and in a second tab sees what counts', async () => {
    const key = randomUUID()
    const [one, other] = await Promise.all([grade(first, { key }), grade(first, { key })])
    expect([one.status, other.status]).toEqual([303, 303])
    const late = await grade(first, { how: apart })
    expect(late.status).toBe(409)
    const page = await late.text()
    expect(page).toContain('You have graded this one in this round.')
    expect(page).toContain('4 of 4 alike')
  })
})

describe('at the end', () => {
  test('who grades as the author did is told that live work is open, and how they compare over all', async () => {
    await gradeAll()
    const page = await textOf(`${desk}/${course}`)
    expect(page).toContain('Done: live work is open to you in this course.')
    expect(page).toContain('How you compare over all')
    expect(page).toContain('5 of 5')
    expect(await textOf(desk)).toContain('Done: live work is open to you.')
  })

  test('who does not is asked kindly for another round, can look back, and finds a fresh form', async () => {
    await gradeAll({ how: apart })
    const page = await textOf(`${desk}/${course}`)
    expect(page).toContain('Not quite alike yet. One more round.')
    expect(page).toContain('Last time 0 of 22 were alike, and 16 are asked for.')
    expect(page).toContain('Round 1: 0 of 22 alike')
    expect(page).toContain('0 of 5 examples')
    expect(await textOf(addressOf(first))).toContain('Grade it and compare')
    const back = await textOf(`${addressOf(first)}?round=1`)
    expect(back).toContain('How you compare, round 1')
    expect(back).not.toContain('Grade it and compare')
    expect((await site.get(`${addressOf(first)}?round=2`, visitor)).status).toBe(404)
    expect((await grade(first, { round: 1 })).status).toBe(409)
    await gradeAll({ round: 2 })
    expect(await textOf(`${desk}/${course}`)).toContain('Done: live work is open to you in this course.')
  })
})

test('a mentor who was calibrated without marks finds nothing to do', async () => {
  const other = await signIn(await addMentorOf(db))
  expect(await textOf(`${desk}/${course}`, other)).toContain('Done: live work is open to you')
  expect(await textOf(addressOf(first), other)).toContain('There is nothing to do here.')
})

test('for trainees and admins there is no such place', async () => {
  for (const who of [await addTrainee(db), await addAdmin(db)])
    for (const path of [desk, `${desk}/${course}`, addressOf(first)])
      expect((await site.get(path, await signIn(who))).status).toBe(404)
  for (const path of [`${desk}/made-up`, `${desk}/${course}/made-up`, `${addressOf(first)}?round=1`])
    expect((await site.get(path, visitor)).status).toBe(404)
})
