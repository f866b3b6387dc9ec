import { sql } from 'drizzle-orm'
import { afterAll, describe, expect, test } from 'vitest'
import { closeQueue } from '../../db/queue.ts'
import { content } from '../../src/authoring/content.ts'
import { Conflict, Invalid, NotFound } from '../../src/errors.ts'
import { eraseDue } from '../../src/own/erasing/erase.ts'
import { askToLeave, leavingOf, stay } from '../../src/own/leaving.ts'
import { choosePage, pageInput, pageOf } from '../../src/own/page.ts'
import { findPerson } from '../../src/people/load-person.ts'
import type { Person } from '../../src/people/person.ts'
import { verifyRecord } from '../../src/record/verify.ts'
import { xssCorpus } from '../authoring/xss-corpus.ts'
import { addAdmin, addMentorOf, addTrainee, hold, password } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'

const { db } = await testDatabase()
afterAll(closeQueue)

const asks = (person: Person, given: Partial<Parameters<typeof askToLeave>[2]> = {}) =>
  db.transaction(tx =>
    askToLeave(tx, person, { keeps: 'nothing', handle: person.handle, password, ...given }),
  )

describe('whoever asks to leave', () => {
  test('has two weeks, is written to, and asks once', async () => {
    const person = await addTrainee(db)
    const dueAt = await asks(person)
    expect(dueAt.getTime() - Date.now()).toBeGreaterThan(13.9 * 24 * 3600_000)
    const [mail] = await db.execute<{ data: { to: string; text: string } }>(
      sql`select data from pgboss.job where data ->> 'to' = ${`${person.handle}@example.org`}`,
    )
    expect(mail!.data.text).toContain('/account/erasure')
    expect(await leavingOf(db, person)).toMatchObject({ keeps: 'nothing', dueAt })
    await expect(asks(person)).rejects.toThrow(Conflict)
    expect(await eraseDue(db, content())).toBe(0)
    expect(await findPerson(db, { handle: person.handle })).not.toBe(null)
  })

  test('is not let go by a wrong password, or by another’s handle, and not tried forever', async () => {
    const person = await addTrainee(db)
    await expect(asks(person, { handle: 'somebody' })).rejects.toThrow(Invalid)
    for (let tries = 0; tries < 5; tries++)
      await expect(asks(person, { password: 'guessed' })).rejects.toThrow('not your password')
    await expect(asks(person)).rejects.toThrow('tried too often')
    expect(await leavingOf(db, person)).toBe(null)
  })

  test('comes back, and nothing has happened', async () => {
    const person = await addTrainee(db)
    await asks(person)
    await db.transaction(tx => stay(tx, person))
    await db.execute(sql`update leaving set due_at = now() where person_id = ${person.id}`)
    expect(await eraseDue(db, content())).toBe(0)
    await expect(db.transaction(tx => stay(tx, person))).rejects.toThrow(NotFound)
    // And may think again.
    await asks(person)
  })

  test('goes on the day though another can’t, who is the last to run the programme', async () => {
    const [one, other, person] = [await addAdmin(db), await addAdmin(db), await addTrainee(db)]
    await asks(one)
    await asks(person)
    await expect(asks(other)).rejects.toThrow('appoint another admin first')
    await db.execute(sql`update admin_appointment set ended_at = now() where person_id = ${other.id}`)
    await db.execute(sql`update leaving set due_at = now() - interval '1 second' where person_id = ${one.id}`)
    await db.execute(sql`update leaving set due_at = now() where person_id = ${person.id}`)
    const problems: unknown[] = []
    expect(await eraseDue(db, content(), problem => problems.push(problem))).toBe(1)
    expect(problems).toEqual([expect.any(Conflict)])
    expect(await findPerson(db, { handle: one.handle })).not.toBe(null)
    expect(await findPerson(db, { handle: person.handle })).toBe(null)
    expect(await verifyRecord(db)).toMatchObject({ ok: true })
  })
})

describe('a page', () => {
  const chosen = { about: '', shown: [], order: {}, publicPage: undefined }
  const chooses = (person: Person, values: Partial<typeof chosen> | Record<string, unknown>) =>
    db.transaction(tx => choosePage(tx, person, { ...chosen, ...values }))

  test('shows every badge until its owner says otherwise, and a new one after that', async () => {
    const person = await addMentorOf(db)
    await hold(db, person, 'moderator')
    const shown = async () =>
      (await pageOf(db, person)).badges.map(({ badge, shown }) => `${shown ? '' : 'no '}${badge}`)
    expect(await shown()).toEqual(['mentor', 'moderator'])
    await chooses(person, { shown: ['moderator'], order: { moderator: 1, mentor: 2 } })
    expect(await shown()).toEqual(['moderator', 'no mentor'])
    // It counts as before.
    expect((await findPerson(db, { id: person.id }))!.rights.grade).toBe(true)
    await hold(db, person, 'room-supporter')
    expect(await shown()).toEqual(['moderator', 'no mentor', 'room-supporter'])
    // Of what they don't hold nothing is kept.
    await chooses(person, { shown: ['ambassador'] })
    expect(await db.execute(sql`select from badge_choice where badge = 'ambassador'`)).toHaveLength(0)
  })

  test('is public where an adult says so, never a teen’s, and not while the account is suspended', async () => {
    const [adult, teen] = [await addTrainee(db), await addTrainee(db, { ageBand: 'teen' })]
    expect(await pageOf(db, adult)).toMatchObject({ publicPage: false })
    await chooses(adult, { publicPage: 'on' })
    expect(await pageOf(db, adult)).toMatchObject({ publicPage: true })
    await expect(chooses(teen, { publicPage: 'on' })).rejects.toThrow(Invalid)
    await db.execute(sql`update person set public_page = true where id = ${teen.id}`)
    expect(await pageOf(db, teen)).toMatchObject({ publicPage: false })
    await db.execute(
      sql`insert into suspension (person_id, by_id, reason) values (${adult.id}, ${teen.id}, 'A test.')`,
    )
    expect(await pageOf(db, adult)).toMatchObject({ publicPage: false })
  })

  test.each([...xssCorpus, '\u202Eabc', 'a'.repeat(400)])('takes any words as they are: %j', words => {
    const { success, data } = pageInput.safeParse({ about: words })
    if (success) expect(data.about).toBe(words.trim())
    else expect(words.length > 400 || /\p{Cc}/u.test(words)).toBe(true)
  })

  test('takes no more than 400 characters', () => {
    expect(pageInput.safeParse({ about: 'a'.repeat(401) }).success).toBe(false)
  })
})
