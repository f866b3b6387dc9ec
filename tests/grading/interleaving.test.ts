import { eq, sql } from 'drizzle-orm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { post } from '../../db/schema/discussions.ts'
import { claim, grade, submission } from '../../db/schema/grading.ts'
import { content } from '../../src/authoring/content.ts'
import { editPost, resubmit } from '../../src/discussions/editing.ts'
import { postReflection } from '../../src/discussions/posting.ts'
import { forPeople } from '../../src/errors.ts'
import { claimNext, claimReflection, releaseClaim } from '../../src/grading/claim.ts'
import { gradeReflection } from '../../src/grading/grade.ts'
import { addCohortOf, addMentorOf, addTrainee } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'
import { aModule, levels } from './reflections.ts'

const { db } = await testDatabase()
const inTx = db.transaction.bind(db)

/** One step that somebody takes: a mentor by number, or the author. */
const step = fc.oneof(
  fc.record({ mentor: fc.nat(2), does: fc.constantFrom('claim', 'claimNext', 'release', 'pass', 'return') }),
  fc.record({ mentor: fc.nat(2), does: fc.constantFrom('pass', 'return') }),
  fc.record({ does: fc.constantFrom('edit', 'resubmit', 'claims run out') }),
)
type Step = { mentor?: number; does: string }

test('however mentors and author cross one another, each try is graded at most once and the state says how', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { maxLength: 12 }),
      async rounds => {
        const act = await setTheScene()
        for (const round of rounds) {
          const ended = await Promise.allSettled(round.map(act.out))
          for (const one of ended) if (one.status === 'rejected') expect(one.reason).toSatisfy(forPeople)
          await act.check()
        }
      },
    ),
    { numRuns: 15 },
  )
})

async function setTheScene() {
  const author = await addTrainee(db)
  const cohort = await addCohortOf(db, [author])
  const mentors = await Promise.all([1, 2, 3].map(() => addMentorOf(db, [cohort.id])))
  const { id } = await inTx(tx =>
    postReflection(tx, content(), author, { module: aModule, markdown: 'One.' }),
  )
  const look = async () => ({
    now: (await db.select().from(submission).where(eq(submission.postId, id)))[0]!,
    words: (await db.select().from(post).where(eq(post.id, id)))[0]!,
  })

  /** Each acts on what they see as they begin. */
  async function out({ mentor = 0, does }: Step): Promise<unknown> {
    const { now, words } = await look()
    const who = mentors[mentor]!
    const edit = { post: id, revision: words.revision, markdown: `Words ${words.revision + 1}.` }
    const given = { post: id, try: now.try, revision: words.revision, levels, feedback: 'Good.' }
    switch (does) {
      case 'claim':
        return inTx(tx => claimReflection(tx, content(), who, id))
      case 'claimNext':
        return inTx(tx => claimNext(tx, content(), who))
      case 'release':
        return inTx(tx => releaseClaim(tx, who, id))
      case 'edit':
        return inTx(tx => editPost(tx, content(), author, edit))
      case 'resubmit':
        return inTx(tx => resubmit(tx, content(), author, edit))
      case 'claims run out':
        return db
          .update(claim)
          .set({ expiresAt: new Date(Date.now() - 1000) })
          .where(eq(claim.postId, id))
      default:
        return inTx(tx =>
          gradeReflection(tx, content(), who, { ...given, outcome: does === 'pass' ? 'pass' : 'return' }),
        )
    }
  }

  async function check() {
    const { now, words } = await look()
    const given = await db.select().from(grade).where(eq(grade.postId, id)).orderBy(grade.try)
    const last = given.find(one => one.try === now.try)
    expect(now.state).toBe(last === undefined ? 'submitted' : last.outcome === 'pass' ? 'passed' : 'returned')
    const before = given.filter(one => one !== last)
    expect(before.map(one => [one.try, one.outcome])).toEqual(before.map((_, index) => [index + 1, 'return']))
    expect(before).toHaveLength(now.try - 1)
    for (const one of given) expect(one.revision).toBeLessThanOrEqual(words.revision)
    if (now.state !== 'submitted')
      expect(await db.select().from(claim).where(eq(claim.postId, id))).toEqual([])
    const [log] = await db.execute<{ count: number }>(sql`
      select count(*)::int as count from audit_entry where action = 'reflection.graded' and subject_id = ${author.id}`)
    expect(log!.count).toBe(given.length)
  }

  return { out, check }
}
