import type { Queryable } from '../../../db/client.ts'
import type { Content } from '../../authoring/content.ts'
import { NotFound } from '../../errors.ts'
import type { Person } from '../../people/person.ts'
import { type Compared, compare } from './compared.ts'
import { doubleMarked } from './double-marked.ts'
import { type MarksOf, marksOfEach } from './of-mentors.ts'
import { canSeeAgreement, canSeeAgreementOf } from './policy.ts'

/** What somebody may see of how a course's mentors mark beside one another. */
export interface Seen {
  compared: Compared[]
  /** Levels that can't be compared any more. */
  leftOut: number
  /** The mentors whose marks they may look at, those with the most first. */
  mentors: MarksOf[]
  /** How many levels a criterion has, at most. */
  levels: number
}

/** The courses in which something is graded. */
export const gradedCourses = ({ courses }: Content) =>
  courses.filter(({ modules }) => modules.some(({ reflection }) => reflection))

/** @throws NotFound when they may see nothing of it, or nothing is graded in the course */
export async function agreementFor(
  db: Queryable,
  content: Content,
  person: Person,
  course: string,
): Promise<Seen> {
  if (!canSeeAgreement(person) || !gradedCourses(content).some(({ id }) => id === course))
    throw new NotFound()
  const { compared, leftOut } = compare(content, await doubleMarked(db, course))
  const mentors = marksOfEach(compared).filter(({ mentorId }) => canSeeAgreementOf(person, mentorId))
  const criteria = content.rubrics.flatMap(rubric => rubric.criteria)
  return { compared, leftOut, mentors, levels: Math.max(...criteria.map(({ levels }) => levels.length)) }
}
