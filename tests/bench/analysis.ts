import { sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { analyse } from '../../src/quizzes/analysis/of-quiz.ts'
import { triesAtEach } from '../../src/quizzes/analysis/tries.ts'
import type { Choice } from '../../src/quizzes/questions/choice.ts'
import { byStrength, handIn, tries } from '../quizzes/analysis/handed-in.ts'
import { figure, say, times } from './figures.ts'

const quiz = 'bench/quiz-0'
const questionsEach = 20
const triesEach = 5000
const otherQuizzes = 19

/** About as long as those that ship. */
const asked = (n: number): Choice => ({
  ...{
    id: `q${n}`,
    kind: 'single',
    stem: `A member of the room writes something at ${n} o'clock. `.repeat(4),
  },
  options: ['a', 'b', 'c', 'd'].map(id => ({
    ...{ id, text: `What one could answer to it, in words of their own, ${id}`, correct: id === 'b' },
    feedback:
      'Why this is right, or kindly why it falls short of what somebody in the room needs now. '.repeat(2),
  })),
})

/** Measures how long it takes to read and analyse 5,000 tries of 20 shuffled questions, among 100,000 tries. */
export async function measureAnalysis(db: Db): Promise<void> {
  say('Filling', (otherQuizzes + 1) * triesEach, 'tries at quizzes…')
  const questions = Array.from({ length: questionsEach }, (_, n) => asked(n))
  const handed = tries(
    questions,
    triesEach,
    byStrength(n => n / (questionsEach + 1)),
  )
  for (let from = 0; from < triesEach; from += 500) await handIn(db, quiz, handed.slice(from, from + 500))
  await db.execute(sql`
    insert into attempt (person_id, quiz, number, questions, answers, pass_mark, out_of, score, passed, submitted_at)
    select person_id, 'bench/quiz-' || n, 1, questions, answers, pass_mark, out_of, score, passed, submitted_at
    from attempt cross join generate_series(1, ${otherQuizzes}::int) n where quiz = ${quiz}`)
  await db.execute(sql`vacuum analyze attempt`)
  const read = async () => (await triesAtEach(db, [quiz])).get(quiz) ?? []
  const known = await read()
  const reading = await times(10, read)
  const analysing = await times(10, () => Promise.resolve(analyse({ questions, draw: questionsEach }, known)))
  figure(
    `analysis of ${known.length} tries of ${questionsEach} questions, median`,
    `${Math.round(reading.median + analysing.median)} ms`,
    `budget 1,000 ms (${Math.round(reading.median)} to read, ${Math.round(analysing.median)} to reckon)`,
  )
}
