import { and, eq, isNotNull, sql } from 'drizzle-orm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { post } from '../../db/schema/discussions.ts'
import { appeal, grade, marking, result, submission } from '../../db/schema/grading.ts'
import { content } from '../../src/authoring/content.ts'
import { editPost, resubmit } from '../../src/discussions/editing.ts'
import { postReflection } from '../../src/discussions/posting.ts'
import { forPeople } from '../../src/errors.ts'
import { appealResult } from '../../src/grading/appeal.ts'
import { releaseClaim } from '../../src/grading/claims.ts'
import { decide, decideAppeal, type Marks, type Outcome } from '../../src/grading/decide.ts'
import { releaseBatch } from '../../src/grading/held.ts'
import { claimNext } from '../../src/grading/next.ts'
import { addCohortOf, addMentorOf, addTrainee, setMarkedTwice } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'
import { claimPost, gradePost } from './deeds.ts'
import { aModule, markingOf } from './reflections.ts'

const { db } = await testDatabase()
const inTx = db.transaction.bind(db)

const outcome = fc.constantFrom<Outcome>('pass', 'pass', 'distinction', 'return')
/** One step that somebody takes: a mentor by number, or the author. */
const step = fc.oneof(
  fc.record({
    mentor: fc.nat(4),
    does: fc.constantFrom('claim', 'claimNext', 'let go', 'release'),
    outcome,
    good: fc.boolean(),
    hold: fc.boolean(),
  }),
  fc.record({
    mentor: fc.nat(4),
    does: fc.constantFrom('grade', 'grade', 'grade', 'correct'),
    outcome,
    good: fc.boolean(),
    hold: fc.boolean(),
  }),
  fc.record({
    mentor: fc.constant(0),
    does: fc.constantFrom('edit', 'resubmit', 'appeal', 'claims run out'),
    outcome,
    good: fc.boolean(),
    hold: fc.boolean(),
  }),
)
type Step = { mentor: number; does: string; outcome: Outcome; good: boolean; hold: boolean }

/** Two sets of levels that lie further apart than the tolerance. */
const sets = {
  good: { honesty: 'there', connection: 'there', care: 'there' },
  poor: { honesty: 'not-yet', connection: 'partly', care: 'there' },
}
const rubric = content().rubric('reflection')!
const rules = content().course(aModule.split('/')[0]!)!.secondMarking

test.each([
  ['marked twice', true],
  ['marked once', false],
])(
  'however mentors and author cross one another where each try is %s, the marks and what they come to are as the rules say',
  async (_, twice) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { maxLength: 14 }),
        async rounds => {
          const act = await setTheScene(twice)
          for (const round of rounds) {
            const ended = await Promise.allSettled(round.map(act.out))
            for (const one of ended) if (one.status === 'rejected') expect(one.reason).toSatisfy(forPeople)
            await act.check()
          }
        },
      ),
      { numRuns: 12 },
    )
  },
)

async function setTheScene(twice: boolean) {
  const author = await addTrainee(db)
  const cohort = await addCohortOf(db, [author])
  await setMarkedTwice(db, cohort, twice)
  const mentors = await Promise.all([1, 2, 3, 4, 5].map(() => addMentorOf(db, [cohort.id])))
  const { id } = await inTx(tx =>
    postReflection(tx, content(), author, { module: aModule, markdown: 'One.' }),
  )
  const words = async () => (await db.select().from(post).where(eq(post.id, id)))[0]!
  const results = () => db.select().from(result).where(eq(result.postId, id)).orderBy(result.id)

  /** Each acts on what they see as they begin. */
  async function out({ mentor, does, outcome, good, hold }: Step): Promise<unknown> {
    const { revision } = await words()
    const who = mentors[mentor]!
    const edit = { post: id, revision, markdown: `Words ${revision + 1}.` }
    const wanted = await markingOf(db, id)
    switch (does) {
      case 'claim':
        return claimPost(db, who, id)
      case 'claimNext':
        return inTx(tx => claimNext(tx, content(), who))
      case 'let go':
        return inTx(tx => releaseClaim(tx, who, wanted))
      case 'release':
        return inTx(tx => releaseBatch(tx, content(), who, { cohort: cohort.id, module: aModule }))
      case 'edit':
        return inTx(tx => editPost(tx, content(), author, edit))
      case 'resubmit':
        return inTx(tx => resubmit(tx, content(), author, edit))
      case 'appeal': {
        const latest = (await results()).at(-1)
        return (
          latest && inTx(tx => appealResult(tx, content(), author, { result: latest.id, reason: 'Look.' }))
        )
      }
      case 'claims run out':
        return db
          .update(marking)
          .set({ claimedUntil: new Date(Date.now() - 1000) })
          .where(and(eq(marking.postId, id), isNotNull(marking.claimedById)))
      default: {
        const [kept] = await db.select().from(marking).where(eq(marking.id, wanted))
        return gradePost(db, who, id, {
          marking: wanted,
          revision: kept!.revision ?? revision,
          levels: good ? sets.good : sets.poor,
          ...{ outcome, hold, corrects: does === 'correct' },
        })
      }
    }
  }

  async function check() {
    const [now] = await db.select().from(submission).where(eq(submission.postId, id))
    const markings = await db.select().from(marking).where(eq(marking.postId, id)).orderBy(marking.id)
    const grades = await db.select().from(grade).where(eq(grade.postId, id)).orderBy(grade.id)
    const given = await results()
    const appeals = await db
      .select({ result: appeal.resultId })
      .from(appeal)
      .innerJoin(marking, eq(marking.id, appeal.markingId))
      .where(eq(marking.postId, id))

    for (const one of markings) {
      const own = grades.filter(each => each.markingId === one.id)
      expect(own.length > 0).toBe(one.doneById !== null)
      expect(new Set(own.map(each => each.mentorId)).size).toBeLessThanOrEqual(1)
      if (one.closedAt) expect(one.claimedById).toBeNull()
    }
    for (let aTry = 1; aTry <= now!.try; aTry++) checkTry(aTry)
    expect(appeals.length).toBe(markings.filter(({ purpose }) => purpose === 'appeal').length)

    const latest = given.findLast(one => one.try === now!.try && one.releasedAt !== null)
    expect(now!.state).toBe(!latest ? 'submitted' : latest.outcome === 'return' ? 'returned' : 'passed')
    const [log] = await db.execute<{ count: number }>(sql`
      select count(*)::int as count from audit_entry
      where action in ('reflection.graded', 'reflection.regraded') and subject_id = ${author.id}`)
    expect(log!.count).toBe(grades.length)

    /** Recomputed from the marks: who was asked, and what it came to. */
    function checkTry(aTry: number) {
      const asked = markings.filter(one => one.try === aTry)
      const done = asked.filter(one => one.doneById !== null)
      expect(new Set(done.map(one => one.doneById)).size).toBe(done.length)
      const marks = Object.fromEntries(
        done.map(({ id: markingId, purpose }) => {
          const { id: gradeId, ...last } = grades.findLast(each => each.markingId === markingId)!
          return [purpose, { ...last, gradeId }]
        }),
      ) as unknown as Partial<Marks>
      const first = asked.filter(({ purpose }) => purpose !== 'appeal')
      const came = given.filter(one => one.try === aTry && one.rule !== 'appeal').at(-1)
      if (!marks.first) {
        expect([first.length, came]).toEqual([1, undefined])
        return
      }
      const decided = decide({ ...marks, first: marks.first }, rubric, rules, twice)
      if (typeof decided === 'string') {
        expect(came).toBeUndefined()
        expect(first.filter(one => one.closedAt === null).map(one => one.purpose)).toEqual([decided])
      } else {
        expect(came).toMatchObject(decided)
        expect(first.every(one => one.closedAt !== null)).toBe(true)
      }
      const again = given.find(one => one.try === aTry && one.rule === 'appeal')
      if (again) expect(again).toMatchObject(decideAppeal(came!, marks.appeal!))
      else expect(marks.appeal).toBeUndefined()
    }
  }

  return { out, check }
}
