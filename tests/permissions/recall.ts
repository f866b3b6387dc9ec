import { attempt } from '../../db/schema/quizzes.ts'
import { content } from '../../src/authoring/content.ts'
import { kindOf } from '../../src/quizzes/questions/question.ts'
import { goThrough } from '../../src/quizzes/recall/go-through.ts'
import { firstQuiz } from './attempts.ts'
import { type ActionRow, type RouteRow, signedIn } from './row.ts'
import type { World } from './world.ts'

const { questions, passMark } = content().quiz(`guides/${content().guides[0]!.id}`)!
const quiz = `guides/${content().guides[0]!.id}`
const question = questions[0]!

/** The trainee has passed a guide's check, and goes over it. */
async function traineesCard({ db, people: { trainee } }: World) {
  const now = new Date()
  await db
    .insert(attempt)
    .values({
      ...{ personId: trainee.id, quiz, number: 1, questions: [...questions], passMark, outOf: 1 },
      ...{ startedAt: now, submittedAt: now, score: 1, passed: true },
    })
    .onConflictDoNothing()
  await db.transaction(tx => goThrough(tx, content(), trainee, { quiz }))
  return { quiz, question: question.id, number: '1' }
}

export const routeRows: Record<string, RouteRow> = {
  '/recall': { path: '/recall', answers: signedIn(200) },
  '/recall/next': { path: '/recall/next', answers: signedIn(200) },
}

/** A card is its person's alone; whoever has handed in no try has none to make. */
export const actionRows: Record<string, ActionRow> = {
  'recall.goThrough': {
    page: '/recall',
    fields: async world => ({ quiz: (await traineesCard(world)).quiz }),
    answers: signedIn(404, { trainee: 'done' }),
  },
  'recall.answer': {
    page: '/recall/next',
    fields: async world => ({
      ...(await traineesCard(world)),
      [`answers.${question.id}`]: [...kindOf(question).key(question)],
    }),
    answers: signedIn(404, { trainee: 'done' }),
  },
  'recall.feel': {
    page: `/courses/${firstQuiz}/quiz`,
    fields: async world => ({ ...(await traineesCard(world)), felt: 'easy' }),
    answers: signedIn(404, { trainee: 'done' }),
  },
}
