import { sql } from 'drizzle-orm'
import { hot, type Queryable } from '../../db/client.ts'
import { canSee, community, type Place } from '../discussions/policy.ts'
import { idOf } from '../discussions/links.ts'
import { found } from '../errors.ts'
import type { Person } from '../people/person.ts'

/** Where topics are started: that of a cohort, or of the whole community. */
export type Board = {
  /** In addresses: `community`, or the cohort's id. */
  slug: string
  name: string
  /** The cohort's course; null for the community. */
  course: string | null
  place: Place
}

/** The board of everybody who is signed in. */
export const communityBoard: Board = {
  slug: 'community',
  name: 'The whole community',
  course: null,
  place: community,
}

export const boardHref = ({ slug }: Pick<Board, 'slug'>): string => `/boards/${slug}`

/** The board of a discussion's place. */
export const slugOf = ({ cohortId }: Place): string =>
  cohortId === null ? communityBoard.slug : String(cohortId)

interface Row {
  id: string
  name: string
  course: string
  self_paced: boolean
  enrolled: Place['enrolled']
}

const columns = (viewer: Person) => sql`
  c.id, c.name, c.course, c.self_paced,
  (select case when bool_or(e.ended_at is null) then 'now' else 'before' end from enrolment e
    where e.cohort_id = c.id and e.person_id = ${viewer.id} group by e.person_id) as enrolled`

/** The board at this address, for who may see it. @throws NotFound */
export async function boardFor(db: Queryable, viewer: Person, slug: string | undefined): Promise<Board> {
  if (slug === communityBoard.slug) return communityBoard
  const [row] = await hot<Row>(db, sql`select ${columns(viewer)} from cohort c where c.id = ${idOf(slug)}`)
  const board = found(row && boardFrom(row))
  return found(canSee(viewer, board.place) ? board : null)
}

/**
 * The boards that are a person's own: the community's first, then those of the cohorts they learn with or mentor, then
 * those that one learns in alone, then those they have left. Admins see every other too: those are looked for.
 */
export async function boardsOf(db: Queryable, viewer: Person): Promise<Board[]> {
  const { rights, cohortsMentored } = viewer
  const mentored = rights.grade ? cohortsMentored : []
  const rows = await hot<Row>(
    db,
    sql`select ${columns(viewer)} from cohort c
      where c.id = any(array(select cohort_id from enrolment where person_id = ${viewer.id})
          || ${sql.param(mentored)}::bigint[])
        or (c.self_paced and ${rights.grade}::boolean)
      order by c.name, c.id`,
  )
  const rank = ({ place: { enrolled, selfPaced } }: Board) =>
    enrolled === 'before' ? 2 : selfPaced && !enrolled ? 1 : 0
  const boards = rows.map(boardFrom).filter(({ place }) => canSee(viewer, place))
  return [communityBoard, ...boards.toSorted((a, b) => rank(a) - rank(b))]
}

const boardFrom = ({ id, name, course, self_paced, enrolled }: Row): Board => ({
  slug: id,
  name,
  course,
  place: { cohortId: Number(id), selfPaced: self_paced, enrolled },
})
