import { type SQL, sql } from 'drizzle-orm'
import type { Content } from '../authoring/content.ts'
import { type MentoredCohort, mentorsCohort } from '../courses/policy.ts'
import type { Person } from '../people/person.ts'
import { canRunProgramme } from '../people/policy.ts'

/**
 * Whose discussion it is, as it looks to one person: a cohort's, with whether they take the course with it, now or
 * before; or with no cohort that of the whole community.
 */
export type Place = MentoredCohort & { enrolled: 'now' | 'before' | null }

/** The place of what belongs to the whole community. */
export const community: Place = { cohortId: null, selfPaced: false, enrolled: null }

/**
 * Looks after the discussions of a place: its mentors and the admins. They read everything in them, whatever a module
 * asks for first, and may hide, close, pin and move what is there.
 */
export const canModerate = (person: Person | null, place: MentoredCohort): boolean =>
  canRunProgramme(person) || mentorsCohort(person, place)

/**
 * Sees that a place's discussions are there: in a cohort whoever is or was enrolled in it, its mentors, the admins; in
 * the community everybody.
 */
export const canSee = (person: Person | null, place: Place): boolean =>
  person !== null && (place.cohortId === null || place.enrolled !== null || canModerate(person, place))

/** Answers the module's question: only whoever takes the course with this cohort now. */
export const canReflect = (person: Person | null, { enrolled }: Place): boolean =>
  person !== null && enrolled === 'now'

/** Writes in a place: whoever takes the course with this cohort now, and its mentors; in the community everybody. */
export const canTakePart = (person: Person | null, place: Place): boolean =>
  person !== null && (place.cohortId === null || place.enrolled === 'now' || mentorsCohort(person, place))

/** Replies in a discussion: whoever takes part in its place; once it is closed, only those who look after it. */
export const canReply = (
  person: Person | null,
  { place, closed }: { place: Place; closed: boolean },
): boolean => canTakePart(person, place) && (!closed || canModerate(person, place))

/** Answers a post without words: whoever takes part in its place, but not its author. */
export const canReact = (person: Person | null, post: { place: Place; authorId: number }): boolean =>
  canTakePart(person, post.place) && person?.id !== post.authorId

/** Changes the words of a post: only its author, while they may still see it. */
export const canEdit = (person: Person | null, post: { authorId: number }): boolean =>
  person?.id === post.authorId

/** Lets the cohort read a reflection that was kept for the mentors: only its author. */
export const canShare = (person: Person | null, post: { kind: string; authorId: number }): boolean =>
  post.kind === 'reflection' && canEdit(person, post)

/** Deletes a post: only its author. What a mentor has hidden stays for the mentors to look at. */
export const canDelete = (
  person: Person | null,
  { authorId, removed }: { authorId: number; removed: string | null },
): boolean => person?.id === authorId && removed === null

/** Hides a post, or shows it again: who looks after its place, and did not write it. */
export const canHide = (person: Person | null, post: { authorId: number; place: MentoredCohort }): boolean =>
  canModerate(person, post.place) && person?.id !== post.authorId

/**
 * The same as `canSee` and `canModerate`, for a query with `post`, `discussion` and (left joined) `cohort` in scope:
 * the posts that the viewer may see. Where a module shows others' posts only to those who have answered its question
 * themselves, others' posts are left out until then; a thread that is for the mentors is left out for all but its
 * author. Every read of posts goes through this. Of a removed post the marker may be seen; its words are withheld by what reads it.
 */
export function visibleTo(viewer: Person, content: Content): SQL {
  return sql`(
    ${moderatedBy(viewer)}
    or (
      (cohort.id is null or exists (
        select from enrolment e where e.cohort_id = cohort.id and e.person_id = ${viewer.id}))
      and (
        post.author_id = ${viewer.id}
        or (
          (post.audience = 'cohort' or exists (
            select from post thread where thread.id = post.parent_id and thread.author_id = ${viewer.id}))
          and (
            discussion.module is null
            or discussion.module <> all(${sql.param(answeredFirst(content))}::text[])
            or exists (select from submission s where s.author_id = ${viewer.id} and s.module = discussion.module)
          )
        )
      )
    )
  )`
}

/** `canModerate` for a query with (left joined) `cohort` in scope. */
export function moderatedBy(viewer: Person): SQL {
  const { admin, grade } = viewer.rights
  if (admin) return sql`true`
  if (!grade) return sql`false`
  return sql`(cohort.id is null or cohort.self_paced or cohort.id = any(${sql.param(viewer.cohortsMentored)}::bigint[]))`
}

const lists = new WeakMap<Content, string[]>()

/** Ids of the modules that ask for one's own answer before others' are shown. */
export function answeredFirst(content: Content): string[] {
  const known = lists.get(content)
  if (known) return known
  const modules = content.courses.flatMap(course => course.modules)
  const list = modules.filter(({ reflection }) => reflection?.beforeOthers).map(({ id }) => id)
  lists.set(content, list)
  return list
}
