import type { Queryable } from '../../db/client.ts'
import type { Content } from '../authoring/content.ts'
import type { Module } from '../courses/course.ts'
import { mentorsCohort } from '../courses/policy.ts'
import type { OwnReflection, Progress } from '../courses/progress.ts'
import { found } from '../errors.ts'
import type { Person } from '../people/person.ts'
import { type Discussion, discussionUnder } from './discussion.ts'
import type { View } from './links.ts'
import { type ListedPost, reflectionPage, threadOf, threadPage } from './list.ts'
import { type PlaceInList, placesIn } from './place.ts'
import { canModerate } from './policy.ts'

/** What the discussion of a module shows to one person. */
export type Shown = {
  /** Whose discussion it is, and which others the person may choose. */
  place: PlaceInList
  places: readonly PlaceInList[]
  /** Null until somebody has posted. */
  discussion: Discussion | null
  /** Others' posts are shown once the person has posted their own reflection. */
  waiting: boolean
  own: ListedPost | null
  others: readonly ListedPost[]
  /** What to go on after: in a thread a reply, else a reflection. */
  more: number | null
  /** In a thread, the reply before which to go back. */
  earlier: number | null
}

const nothing = { discussion: null, own: null, others: [], more: null, earlier: null }

/**
 * The discussion that the view asks for; null for a person who has none in this course.
 * @throws NotFound when it asks for one that they may not see
 */
export async function shownTo(
  db: Queryable,
  content: Content,
  viewer: Person,
  { module, progress, view }: { module: Module; progress: Progress; view: View },
): Promise<Shown | null> {
  const places = await placesToChoose(db, viewer, module, progress, view)
  const place =
    view.cohort === null ? places[0] : found(places.find(({ cohortId }) => cohortId === view.cohort))
  if (!place) return null
  const answered = progress.reflections.has(module.id)
  const waiting = Boolean(module.reflection?.beforeOthers) && !answered && !canModerate(viewer, place)
  const discussion = await discussionUnder(db, viewer, { module: module.id, cohortId: place.cohortId })
  if (!discussion) {
    found(view.thread === null ? place : null)
    return { ...nothing, place, places, waiting }
  }
  const { after, before, quote, thread } = view
  const where = { discussion, after, before, quote }
  const about = { place, places, waiting, discussion }
  if (thread === null)
    return { ...about, earlier: null, ...(await reflectionPage(db, content, viewer, where)) }
  const page = found(await threadPage(db, content, viewer, { ...where, thread: threadOf(thread) }))
  const own = page.post.author.id === viewer.id && page.post.removed !== 'deleted'
  return {
    ...about,
    own: own ? page.post : null,
    others: own ? [] : [page.post],
    more: page.more,
    earlier: page.earlier,
  }
}

/** Most people have one cohort in a course, which their progress names already. */
async function placesToChoose(db: Queryable, viewer: Person, module: Module, progress: Progress, view: View) {
  const enrolment = progress.enrolments.get(module.course)
  const { admin, grade } = viewer.rights
  if (!enrolment || view.cohort !== null || admin || grade) return placesIn(db, viewer, module.course)
  return [{ ...enrolment, enrolled: 'now' as const }]
}

/** The reflections of which the viewer is told how they stand: all on show for a mentor, else their own. */
export const gradedIn = (viewer: Person, { place, own, others }: Shown): number[] =>
  [...(own ? [own] : []), ...(mentorsCohort(viewer, place) ? others : [])].map(({ id }) => id)

/** The viewer's answer that passed before they deleted it: no longer among the posts, and still theirs to read. */
export const deletedSince = (
  { own, place }: Shown,
  { thread }: View,
  answered: OwnReflection | undefined,
): number | null =>
  !own && thread === null && answered?.state === 'passed' && answered.cohortId === place.cohortId
    ? answered.postId
    : null
