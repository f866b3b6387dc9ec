import { type SQL, sql } from 'drizzle-orm'
import type { Content } from '../authoring/content.ts'
import { type MentoredCohort, mentorsCohort } from '../courses/policy.ts'
import type { Person } from '../people/person.ts'
import { canRunProgramme } from '../people/policy.ts'

/** A discussion's cohort as it looks to one person: whether they take the course with it, now or before. */
export type Place = MentoredCohort & { enrolled: 'now' | 'before' | null }

/** Reads everything in a cohort's discussions, whatever its module asks for first: its mentors and the admins. */
export const canSeeAll = (person: Person | null, place: MentoredCohort): boolean =>
  canRunProgramme(person) || mentorsCohort(person, place)

/** Sees that a cohort's discussions are there: whoever is or was enrolled in it, its mentors, the admins. */
export const canSee = (person: Person | null, place: Place): boolean =>
  person !== null && (place.enrolled !== null || canSeeAll(person, place))

/** Answers the module's question: only whoever takes the course with this cohort now. */
export const canReflect = (person: Person | null, { enrolled }: Place): boolean =>
  person !== null && enrolled === 'now'

/** Replies: whoever takes the course with this cohort now, and its mentors. */
export const canReply = (person: Person | null, place: Place): boolean =>
  person !== null && (place.enrolled === 'now' || mentorsCohort(person, place))

/** Changes the words of a post: only its author, while they may still see it. */
export const canEdit = (person: Person | null, post: { authorId: number }): boolean =>
  person?.id === post.authorId

/**
 * The same as `canSee` and `canSeeAll`, for a query with `post`, `discussion` and `cohort` in scope: the posts that
 * the viewer may see. Where a module shows others' posts only to those who have answered its question themselves,
 * others' posts are left out until then. Every read of posts goes through this.
 */
export function visibleTo(viewer: Person, content: Content): SQL {
  const cohorts = viewer.rights.grade ? viewer.cohortsMentored : []
  return sql`(
    ${viewer.rights.admin}::boolean
    or (cohort.self_paced and ${viewer.rights.grade}::boolean)
    or cohort.id = any(${sql.param(cohorts)}::bigint[])
    or (
      exists (select from enrolment e where e.cohort_id = cohort.id and e.person_id = ${viewer.id})
      and (
        post.author_id = ${viewer.id}
        or discussion.module <> all(${sql.param(answeredFirst(content))}::text[])
        or exists (select from submission s where s.author_id = ${viewer.id} and s.module = discussion.module)
      )
    )
  )`
}

const lists = new WeakMap<Content, string[]>()

/** Ids of the modules that ask for one's own answer before others' are shown. */
function answeredFirst(content: Content): string[] {
  const known = lists.get(content)
  if (known) return known
  const modules = content.courses.flatMap(course => course.modules)
  const list = modules.filter(({ reflection }) => reflection?.beforeOthers).map(({ id }) => id)
  lists.set(content, list)
  return list
}
