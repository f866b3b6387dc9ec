import type { Queryable } from '../../../db/client.ts'
import type { Content } from '../../authoring/content.ts'
import { ensure, found } from '../../errors.ts'
import type { Person } from '../../people/person.ts'
import { canSeeAnalysis } from '../policy.ts'
import { type Place, placesOf } from './listed.ts'
import { analyse, type QuizAnalysis } from './of-quiz.ts'
import { triesAtEach, type Which } from './tries.ts'

/** @throws Forbidden when they may not see how quizzes work, NotFound when there is no such quiz */
export async function analysisOf(
  db: Queryable,
  content: Content,
  person: Person | null,
  quizId: string,
  which: Which,
): Promise<Place & { analysis: QuizAnalysis }> {
  ensure(canSeeAnalysis(person))
  const place = found(placesOf(content).find(({ quiz }) => quiz.id === quizId))
  const tries = await triesAtEach(db, [quizId], { which })
  return { ...place, analysis: analyse(place.quiz, tries.get(quizId) ?? []) }
}
