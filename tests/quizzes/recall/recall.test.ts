import { and, eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { attempt } from '../../../db/schema/quizzes.ts'
import { person as people } from '../../../db/schema/people.ts'
import { recallCard, recallReview } from '../../../db/schema/recall.ts'
import { auditEntry } from '../../../db/schema/record.ts'
import { content as real, type Content } from '../../../src/authoring/content.ts'
import { Invalid, NotFound } from '../../../src/errors.ts'
import { checkGuide } from '../../../src/guides/check-guide.ts'
import type { Person } from '../../../src/people/person.ts'
import { kindOf } from '../../../src/quizzes/questions/question.ts'
import type { Quiz } from '../../../src/quizzes/quiz.ts'
import { answerCard } from '../../../src/quizzes/recall/answer-card.ts'
import { answeredCard } from '../../../src/quizzes/recall/answered-card.ts'
import { askedAs } from '../../../src/quizzes/recall/asked.ts'
import { cardsOf, dueCards } from '../../../src/quizzes/recall/cards.ts'
import { memoryOf } from '../../../src/quizzes/recall/memory.ts'
import { goThrough } from '../../../src/quizzes/recall/go-through.ts'
import { nextCard } from '../../../src/quizzes/recall/next-card.ts'
import { coming, dueBySource, wholeQuizzes } from '../../../src/quizzes/recall/overview.ts'
import { sayHowItFelt } from '../../../src/quizzes/recall/say-how-it-felt.ts'
import { afterAll } from '../../../src/quizzes/recall/schedule.ts'
import { manyDue, todayOf } from '../../../src/quizzes/recall/today.ts'
import { addTrainee } from '../../support/cast.ts'
import { atOnce } from '../../support/at-once.ts'
import { testDatabase } from '../../support/database.ts'
import { allKinds } from '../all-kinds.ts'
import { rightAnswers, wrongAnswers } from '../answering.ts'
import { madeUp } from '../made-up.ts'
import { handIn } from './remembering.ts'

const { db } = await testDatabase()

const quizId = madeUp().quiz.id
const at = (day: string, time = '20:00') => new Date(`2026-03-${day}T${time}:00Z`)
const slipped = { first: ['a'], second: ['a', 'c'] }
/** One right of two is enough. */
const lenient = { passMark: 50 }

/** Somebody who has passed the made-up quiz with a slip in its first question. */
async function passedWithASlip(changes: Partial<Quiz> = {}, traits: Parameters<typeof addTrainee>[1] = {}) {
  const { content, quiz } = madeUp({ ...lenient, ...changes })
  const person = await addTrainee(db, traits)
  await handIn(db, content, person, quizId, slipped, at('01'))
  return { content, quiz, person }
}

const cardsIn = (person: { id: number }) =>
  db.select().from(recallCard).where(eq(recallCard.personId, person.id)).orderBy(recallCard.question)
const reviewsOf = (person: { id: number }) =>
  db
    .select()
    .from(recallReview)
    .where(eq(recallReview.personId, person.id))
    .orderBy(recallReview.question, recallReview.number)
const dueOn = async (content: Content, person: Person, now: Date) =>
  (await todayOf(db, content, person, {}, now)).due.map(({ question }) => question.id)

type Post = Partial<Parameters<typeof answerCard>[3]>
const posted = (values: Post) => ({ quiz: quizId, question: 'first', number: 1, answers: {}, ...values })
const answer = (content: Content, person: Person, values: Post, now?: Date) =>
  db.transaction(tx => answerCard(tx, content, person, posted(values), now))
const feel = (person: Person, felt: 'hard' | 'good' | 'easy', values: Post = {}) =>
  db.transaction(tx => sayHowItFelt(tx, person, { ...posted(values), felt }))
const through = (content: Content, person: Person, quiz = quizId, now?: Date) =>
  db.transaction(tx => goThrough(tx, content, person, { quiz }, now))

describe('what one may go over', () => {
  test('is what one got wrong, at once, wherever one lives; what one got right is not asked by itself', async () => {
    for (const timeZone of ['America/Los_Angeles', 'UTC', 'Pacific/Kiritimati']) {
      const { content, person } = await passedWithASlip({}, { timeZone })
      expect(await dueOn(content, person, at('01'))).toEqual(['first'])
      expect(await manyDue(db, content, person, at('01'))).toBe(1)
    }
  })

  test('waits until the key may be seen: passed, or no tries left', async () => {
    const { content } = madeUp({ attempts: 2 })
    const person = await addTrainee(db)
    await handIn(db, content, person, quizId, slipped, at('01'))
    expect(await dueOn(content, person, at('02'))).toEqual([])
    await expect(through(content, person)).rejects.toThrow(NotFound)
    expect(await answer(content, person, {}, at('02'))).toBe('gone')

    await handIn(db, content, person, quizId, { first: ['b'], second: ['b'] }, at('02'))
    expect(await dueOn(content, person, at('02'))).toEqual(['first', 'second'])
  })

  test('is open at once where its author says so, and never where they say that', async () => {
    const person = await addTrainee(db)
    await handIn(db, madeUp().content, person, quizId, slipped, at('01'))
    expect(await dueOn(madeUp({ recall: 'always' }).content, person, at('01'))).toEqual(['first'])
    expect(await dueOn(madeUp({ recall: 'never', ...lenient }).content, person, at('01'))).toEqual([])

    const nobody = await addTrainee(db)
    await expect(through(madeUp({ recall: 'always' }).content, nobody)).rejects.toThrow(NotFound)
    const { person: done } = await passedWithASlip()
    await expect(through(madeUp({ recall: 'never', ...lenient }).content, done)).rejects.toThrow(NotFound)
  })

  test('is never what its author shows to nobody', async () => {
    const review = { handedIn: ['score'], done: ['score', 'answers'] } as const
    const { content, person } = await passedWithASlip({ review })
    expect(await dueOn(content, person, at('02'))).toEqual([])
    await expect(through(content, person)).rejects.toThrow(NotFound)
  })

  test('is all of a quiz where one asks for that, also what is not due yet', async () => {
    const { content, person } = await passedWithASlip()
    await answer(content, person, { answers: { first: ['b'] } }, at('01'))
    expect(await dueOn(content, person, at('01'))).toEqual([])
    await through(content, person, quizId, at('01'))
    expect(await dueOn(content, person, at('01'))).toEqual(['first', 'second'])
    const [first, second] = await cardsIn(person)
    expect([first?.reviews, second?.reviews]).toEqual([1, 0])
    expect(await wholeQuizzes(db, content, person)).toMatchObject([{ id: quizId }])
  })

  test('is not what one has never handed in a try at, and nobody else’s', async () => {
    const { content, person } = await passedWithASlip()
    const other = await addTrainee(db)
    expect(await dueOn(content, other, at('02'))).toEqual([])
    expect(await wholeQuizzes(db, content, other)).toEqual([])
    await expect(through(content, other)).rejects.toThrow(NotFound)
    await expect(answer(content, other, {}, at('02'))).rejects.toThrow(NotFound)
    await expect(feel(other, 'easy')).rejects.toThrow(NotFound)
    await expect(answer(content, person, { question: 'nothing' })).rejects.toThrow(NotFound)
  })

  test('is a guide’s check too, once it is completed', async () => {
    const person = await addTrainee(db)
    const { id: guide, check } = real().guides[0]!
    const quiz = `guides/${guide}`
    const everyWrong = { ...rightAnswers(check.questions), ...wrongAnswers(check.questions.slice(0, 1)) }
    await db.transaction(tx => checkGuide(tx, real(), person, { guide, answers: everyWrong }))
    expect(await manyDue(db, real(), person)).toBe(0)
    await db.transaction(tx =>
      checkGuide(tx, real(), person, { guide, answers: rightAnswers(check.questions) }),
    )
    const today = await todayOf(db, real(), person)
    expect(today.due.map(card => [card.quiz.id, card.question.id])).toEqual([[quiz, check.questions[0]!.id]])
    expect(dueBySource(real(), today)).toEqual([{ id: 'guides', title: 'Help guides', due: 1 }])
  })

  test('drops out with its content, and comes back with it', async () => {
    const { content, quiz, person } = await passedWithASlip()
    const without = madeUp({ ...lenient, questions: quiz.questions.slice(1), draw: 1 }).content
    expect(await dueOn(without, person, at('02'))).toEqual([])
    expect(await answer(without, person, { answers: { first: ['b'] } }, at('02'))).toBe('gone')
    const gone: Content = { ...content, quiz: () => undefined, module: () => undefined }
    expect(await dueOn(gone, person, at('02'))).toEqual([])
    expect(await wholeQuizzes(db, gone, person)).toEqual([])
    expect(await dueOn(content, person, at('02'))).toEqual(['first'])
    expect(await reviewsOf(person)).toEqual([])
  })

  test('is asked as it is written today, and not as it was in the try', async () => {
    const { quiz, person } = await passedWithASlip()
    const [first, second] = quiz.questions
    const mended = madeUp({ ...lenient, questions: [{ ...first!, stem: 'What about it now?' }, second!] })
    const today = await todayOf(db, mended.content, person, {}, at('02'))
    expect(nextCard(today, person)?.asked.stem).toBe('What about it now?')
  })
})

describe('an answer', () => {
  test('that is wrong comes again tomorrow, one that is right later', async () => {
    const { content, person } = await passedWithASlip()
    expect(await answer(content, person, { answers: { first: ['a'] } }, at('02'))).toBe('marked')
    expect(await cardsIn(person)).toMatchObject([{ dueOn: '2026-03-03', reviews: 1, lapses: 0 }])
    await answer(content, person, { number: 2, answers: { first: ['b'] } }, at('03'))
    const [card] = await cardsIn(person)
    expect(card!.dueOn > '2026-03-04').toBe(true)
    expect((await reviewsOf(person)).map(({ felt }) => felt)).toEqual(['again', 'good'])
    const today = await todayOf(db, content, person, {}, at('03'))
    expect(today).toMatchObject({ due: [], done: 1, nextOn: card!.dueOn })
    expect(coming(today).find(({ count }) => count > 0)).toEqual({ day: card!.dueOn, count: 1 })
  })

  test('falls on the day where the person lives', async () => {
    const { content, person } = await passedWithASlip({}, { timeZone: 'Pacific/Auckland' })
    // There it is the morning of the third.
    await answer(content, person, { answers: { first: ['a'] } }, at('02'))
    expect(await cardsIn(person)).toMatchObject([{ dueOn: '2026-03-04' }])
  })

  test('is shown with its key and why, which stand nowhere before', async () => {
    const { content, person } = await passedWithASlip()
    const before = await todayOf(db, content, person, {}, at('02'))
    expect(JSON.stringify(nextCard(before, person)?.asked)).not.toMatch(/KEY|correct/)
    expect(await answeredCard(db, person, before.cards, { quiz: quizId, question: 'first' })).toBeNull()

    await answer(content, person, { answers: { first: ['a'] } }, at('02'))
    const { cards } = await todayOf(db, content, person, {}, at('02'))
    const answered = await answeredCard(db, person, cards, { quiz: quizId, question: 'first' })
    expect(answered).toMatchObject({ number: 1, felt: 'again', shown: { right: false, answered: true } })
    expect(answered?.shown.said).toEqual(['KEY of first, a', 'KEY of first, b'])
  })

  test('with something open is asked for again, and may be left to be shown', async () => {
    const { content, person } = await passedWithASlip()
    await expect(answer(content, person, {}, at('02'))).rejects.toThrow(Invalid)
    await expect(answer(content, person, { answers: { first: ['made up'] } })).rejects.toThrow(Invalid)
    expect(await reviewsOf(person)).toEqual([])
    expect(await answer(content, person, { show: 'yes' }, at('02'))).toBe('marked')
    expect(await reviewsOf(person)).toMatchObject([{ felt: 'again', answer: [] }])
  })

  test('may be said to have felt hard or easy, which moves the day; a wrong one may not', async () => {
    const days: Record<string, string> = {}
    for (const felt of ['hard', 'good', 'easy'] as const) {
      const { content, person } = await passedWithASlip()
      await answer(content, person, { answers: { first: ['b'] } }, at('02'))
      await feel(person, felt)
      await feel(person, felt)
      days[felt] = (await cardsIn(person))[0]!.dueOn
      expect(await reviewsOf(person)).toMatchObject([{ felt, number: 1 }])
    }
    expect(days).toEqual({ hard: '2026-03-04', good: '2026-03-05', easy: '2026-03-10' })

    const { content, person } = await passedWithASlip()
    await answer(content, person, { answers: { first: ['a'] } }, at('02'))
    await feel(person, 'easy')
    expect(await cardsIn(person)).toMatchObject([{ dueOn: '2026-03-03' }])
  })

  test('that another has followed keeps what was said of it', async () => {
    const { content, person } = await passedWithASlip()
    await answer(content, person, { answers: { first: ['b'] } }, at('02'))
    await answer(content, person, { number: 2, answers: { first: ['b'] } }, at('05'))
    const before = await cardsIn(person)
    await feel(person, 'easy', { number: 1 })
    await feel(person, 'easy', { number: 3 })
    expect(await cardsIn(person)).toEqual(before)
  })

  test('leaves a card that follows from its answers alone', async () => {
    const { content, person } = await passedWithASlip()
    for (const [index, chosen] of ['b', 'a', 'b', 'b', 'a', 'b'].entries()) {
      await answer(
        content,
        person,
        { number: index + 1, answers: { first: [chosen] } },
        at(`${10 + index * 3}`),
      )
      if (chosen === 'b' && index > 1) await feel(person, 'hard', { number: index + 1 })
    }
    const [card] = await cardsIn(person)
    expect(memoryOf(card!)).toEqual(afterAll(await reviewsOf(person))?.memory)
  })

  test('given in two tabs at once counts once', async () => {
    const { content, person } = await passedWithASlip()
    const give = (chosen: string) => (tx: Parameters<Parameters<typeof db.transaction>[0]>[0]) =>
      answerCard(tx, content, person, posted({ answers: { first: [chosen] } }), at('02'))
    expect(await atOnce(db, give('b'), give('a'))).toEqual(['fulfilled', 'fulfilled'])
    expect(await reviewsOf(person)).toMatchObject([{ felt: 'good', answer: ['b'] }])
    expect(await cardsIn(person)).toMatchObject([{ reviews: 1 }])
  })

  test('never changes a try, and is told to the audit log', async () => {
    const { content, person } = await passedWithASlip()
    const tries = () => db.select().from(attempt).where(eq(attempt.personId, person.id))
    const before = await tries()
    await through(content, person, quizId, at('02'))
    await answer(content, person, { answers: { first: ['b'] } }, at('02'))
    await feel(person, 'easy')
    expect(await tries()).toEqual(before)
    const told = await db
      .select({ action: auditEntry.action })
      .from(auditEntry)
      .where(and(eq(auditEntry.actorId, person.id), sql`action like 'recall.%'`))
      .orderBy(auditEntry.id)
    expect(told.map(({ action }) => action)).toEqual(['recall.gathered', 'recall.answered', 'recall.felt'])
  })
})

describe('every kind of question', () => {
  const { content } = madeUp({ questions: allKinds, draw: allKinds.length, passMark: 1, shuffle: true })

  test('is asked without its key, in another order each time, and right when it is answered as its key says', async () => {
    const person = await addTrainee(db)
    await handIn(db, content, person, quizId, { one: ['a'], statement: ['false'] }, at('01'))
    await through(content, person, quizId, at('01'))
    const { due } = await todayOf(db, content, person, { within: quizId }, at('01'))
    expect(due.map(({ question }) => question.id).toSorted()).toEqual(allKinds.map(({ id }) => id).toSorted())
    for (const { question } of due) {
      const today = await todayOf(db, content, person, {}, at('01'))
      const asked = nextCard(today, person, { quiz: quizId, question: question.id })!
      expect(asked.card.question.id).toBe(question.id)
      expect(JSON.stringify(asked.asked), question.id).not.toContain('KEY')
      expect(nextCard(today, person, { quiz: quizId, question: question.id })).toEqual(asked)
      if (question.kind === 'chat') continue
      const answers = { [question.id]: kindOf(question).key(askedQuestion(person, asked)) }
      await answer(content, person, { question: question.id, answers }, at('01'))
    }
    const reviews = await reviewsOf(person)
    expect(reviews).toHaveLength(allKinds.length - 1)
    expect(reviews.filter(({ felt }) => felt !== 'good')).toEqual([])
  })

  test('a scene is kept turn by turn, goes on after a night, and is marked when it ends', async () => {
    const plain = madeUp({ questions: allKinds, draw: allKinds.length, passMark: 1 }).content
    const person = await addTrainee(db)
    await handIn(db, plain, person, quizId, { one: ['a'] }, at('01'))
    const say = (choice: string, now: Date) =>
      answer(plain, person, { question: 'scene', say: 'scene', answers: { scene: [choice] } }, now)
    expect(await say('0:a', at('01'))).toBe('kept')
    expect(await say('0:c', at('01'))).toBe('kept')
    const asked = nextCard(await todayOf(db, plain, person, {}, at('02')), person, {
      quiz: quizId,
      question: 'scene',
    })
    expect(asked?.asked.asked).toMatchObject({ kind: 'chat', played: [{ chosen: '“Hi @moss. Long how?”' }] })
    expect(JSON.stringify(asked?.asked)).not.toContain('KEY')
    expect(await say('1:a', at('02'))).toBe('marked')
    expect(await reviewsOf(person)).toMatchObject([{ felt: 'good', answer: ['a', 'a'] }])
    expect((await cardsIn(person)).find(({ question }) => question === 'scene')?.answer).toEqual([])
  })
})

test('cards and answers go with their person', async () => {
  const { content, person } = await passedWithASlip()
  await answer(content, person, { answers: { first: ['b'] } }, at('02'))
  const rows = () =>
    db.execute(sql`
      select 1 from recall_card where person_id = ${person.id}
      union all select 1 from recall_review where person_id = ${person.id}`)
  expect(await rows()).toHaveLength(2)
  await db.delete(attempt).where(eq(attempt.personId, person.id))
  await db.execute(sql`alter table audit_entry disable trigger all`)
  await db.execute(sql`delete from audit_entry where actor_id = ${person.id} or subject_id = ${person.id}`)
  await db.execute(sql`alter table audit_entry enable trigger all`)
  await db.execute(sql`delete from standing where person_id = ${person.id}`)
  await db.delete(people).where(eq(people.id, person.id))
  expect(await rows()).toHaveLength(0)
})

test('a thousand cards of one of fifty people are found by an index', async () => {
  const { content, person } = await passedWithASlip()
  const others = await Promise.all(Array.from({ length: 50 }, () => addTrainee(db)))
  await db.execute(sql`
    insert into recall_card (person_id, quiz, question, due_on)
    select id, ${quizId}, 'q' || n, date '2026-03-01' + n % 200
    from unnest(${sql.param([person.id, ...others.map(({ id }) => id)])}::bigint[]) id, generate_series(1, 1000) n`)
  await db.execute(sql`analyze recall_card`)
  const plan = JSON.stringify(await db.execute(sql`explain ${dueCards(person, 'infinity')}`))
  expect(plan).toMatch(/Index (Only )?Scan (using|on) recall_card/)
  expect(plan).not.toContain('Seq Scan')
  const begun = performance.now()
  expect(await cardsOf(db, content, person)).toHaveLength(1)
  expect(performance.now() - begun).toBeLessThan(500)
})

/** The question as it is asked, key included. */
function askedQuestion(person: Person, { card, number }: NonNullable<ReturnType<typeof nextCard>>) {
  return askedAs(card.quiz, card.question, person, number)
}
