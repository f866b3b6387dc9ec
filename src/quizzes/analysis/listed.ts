import { sql } from 'drizzle-orm'
import type { Queryable } from '../../../db/client.ts'
import type { Content } from '../../authoring/content.ts'
import { ensure } from '../../errors.ts'
import type { Person } from '../../people/person.ts'
import { canSeeAnalysis } from '../policy.ts'
import type { Quiz } from '../quiz.ts'
import { analyse, type QuizAnalysis } from './of-quiz.ts'
import { triesAtEach } from './tries.ts'

/** A quiz and where it stands: of a module, or the check of a guide. */
export interface Place {
  quiz: Quiz
  /** Of its module or guide. */
  title: string
  /** The id of its course, or `guides`. */
  shelf: string
  shelfTitle: string
  /** Where people take it. */
  takenAt: string
}

export const guideShelf = { id: 'guides', title: 'Guides' }

/** Every quiz, in the order of the courses, the guides’ checks last. */
export function placesOf(content: Content): Place[] {
  const ofModules = content.courses.flatMap(course =>
    course.modules.flatMap(({ id, title }) => {
      const quiz = content.quiz(id)
      const at = { shelf: course.id, shelfTitle: course.title, takenAt: `/courses/${id}/quiz` }
      return quiz ? [{ quiz, title, ...at }] : []
    }),
  )
  const ofGuides = content.guides.flatMap(({ id, title }) => {
    const quiz = content.quiz(`guides/${id}`)
    const at = { shelf: guideShelf.id, shelfTitle: guideShelf.title, takenAt: `/guides/${id}` }
    return quiz ? [{ quiz, title, ...at }] : []
  })
  return [...ofModules, ...ofGuides]
}

/** A quiz in the list, with what its newest first tries say. */
export interface ListedQuiz extends Place {
  /** How many people have handed it in. */
  people: number
  /** How many tries they made. */
  tries: number
  analysis: QuizAnalysis
  /** How many of its questions have something to look at. */
  marked: number
}

/** A glance at many quizzes looks at fewer tries of each than the page of one does. */
export const atAGlance = 200

/** @throws Forbidden when they may not see how quizzes work */
export async function listQuizzes(
  db: Queryable,
  person: Person | null,
  places: readonly Place[],
): Promise<ListedQuiz[]> {
  ensure(canSeeAnalysis(person))
  const ids = places.map(({ quiz }) => quiz.id)
  const counts = await countsOf(db, ids)
  const tries = await triesAtEach(db, ids, { most: atAGlance })
  return places.map(place => {
    const analysis = analyse(place.quiz, tries.get(place.quiz.id) ?? [])
    const { people = 0, tries: all = 0 } = counts.get(place.quiz.id) ?? {}
    const marked = analysis.questions.filter(({ flags }) => flags.length > 0).length
    return { ...place, people, tries: all, analysis, marked }
  })
}

/** How many have handed each quiz in, and how often: an index alone answers it. */
async function countsOf(db: Queryable, quizzes: readonly string[]) {
  const rows = await db.execute<{ quiz: string; people: number; tries: number }>(sql`
    select quiz, (count(*) filter (where number = 1))::int as people, count(*)::int as tries from attempt
    where quiz = any(${sql.param(quizzes)}::text[]) and submitted_at is not null group by quiz`)
  return new Map(rows.map(({ quiz, people, tries }) => [quiz, { people, tries }]))
}
