import { and, eq, isNull } from 'drizzle-orm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { post } from '../../db/schema/discussions.ts'
import { grade, marking, submission } from '../../db/schema/grading.ts'
import { report as reports } from '../../db/schema/reports.ts'
import { content } from '../../src/authoring/content.ts'
import { editPost, resubmit } from '../../src/discussions/editing.ts'
import { forPeople } from '../../src/errors.ts'
import { claimNext } from '../../src/grading/next.ts'
import { reflect } from '../discussions/deeds.ts'
import { claimPost, gradePost } from '../grading/deeds.ts'
import { addCohortOf, addMentorOf, addTrainee } from '../support/cast.ts'
import { testDatabase } from '../support/database.ts'
import { handle, report, unkind, worried } from './deeds.ts'

const { db } = await testDatabase()
const inTx = db.transaction.bind(db)

/** One step that somebody takes: a mentor or a friend by number, or the author. */
const step = fc.record({
  who: fc.nat(1),
  does: fc.constantFrom(
    ...['worry', 'complain', 'handle', 'handle', 'claim', 'claimNext', 'pass', 'return', 'edit', 'resubmit'],
  ),
})
type Step = { who: number; does: string }

test('however reports, grades and edits cross one another, grading is paused exactly while a worry is open', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(step, { minLength: 1, maxLength: 5 }), { maxLength: 12 }),
      async rounds => {
        const { act, check } = await setTheScene()
        for (const round of rounds) {
          const ended = await Promise.allSettled(round.map(act))
          for (const one of ended) if (one.status === 'rejected') expect(one.reason).toSatisfy(forPeople)
          await check()
        }
      },
    ),
    { numRuns: 15 },
  )
})

async function setTheScene() {
  const author = await addTrainee(db)
  const friends = [await addTrainee(db), await addTrainee(db)]
  const cohort = await addCohortOf(db, [author, ...friends])
  const mentors = [await addMentorOf(db, [cohort.id]), await addMentorOf(db, [cohort.id])]
  const { id } = await reflect(db, author)

  const openReports = () =>
    db
      .select()
      .from(reports)
      .where(and(eq(reports.postId, id), isNull(reports.handledAt)))
      .orderBy(reports.id)
  const look = async () => ({
    now: (await db.select().from(submission).where(eq(submission.postId, id)))[0]!,
    words: (await db.select().from(post).where(eq(post.id, id)))[0]!,
    open: await openReports(),
    grades: (await db.select().from(grade).where(eq(grade.postId, id))).length,
  })

  /** Each acts on what they see as they begin. */
  async function act({ who, does }: Step): Promise<unknown> {
    const { words, open } = await look()
    const [mentor, friend] = [mentors[who]!, friends[who]!]
    const edit = { post: id, revision: words.revision, markdown: `Words ${words.revision + 1}.` }
    switch (does) {
      case 'worry':
        return report(db, friend, id, worried)
      case 'complain':
        return report(db, friend, id, unkind)
      case 'handle':
        return open[0] && handle(db, mentor, { report: open[0].id, seen: open.at(-1)!.id })
      case 'claim':
        return claimPost(db, mentor, id)
      case 'claimNext':
        return inTx(tx => claimNext(tx, content(), mentor))
      case 'edit':
        return inTx(tx => editPost(tx, content(), author, edit))
      case 'resubmit':
        return inTx(tx => resubmit(tx, content(), author, edit))
      default:
        return gradePost(db, mentor, id, {
          revision: words.revision,
          outcome: does === 'pass' ? 'pass' : 'return',
        })
    }
  }

  /** Whoever tries to grade while a worry is open is refused. */
  async function check() {
    const { now, open, grades } = await look()
    const concern = open.some(one => one.concern)
    const wanted = await db
      .select()
      .from(marking)
      .where(and(eq(marking.postId, id), isNull(marking.closedAt)))
    for (const one of wanted) expect(one.pausedAt !== null).toBe(concern)
    if (concern && now.state === 'submitted') {
      await Promise.allSettled([0, 1].map(who => act({ who, does: 'pass' })))
      expect((await look()).grades).toBe(grades)
    }
  }

  return { act, check }
}
