import { sql } from 'drizzle-orm'
import type { Queryable } from '../../../db/client.ts'
import type { Content } from '../../authoring/content.ts'
import { found } from '../../errors.ts'
import type { Rubric } from '../rubric.ts'
import type { Anchor, Calibration } from './anchors.ts'
import { compare, type Compared, type Mark } from './comparing.ts'

export type Why = 'new' | 'again' | 'drift'

/** One time of grading the anchors of a course. */
export interface Round {
  id: number
  why: Why
  finishedAt: Date | null
  /** The part that agreed, from 0 to 1; null where it was not measured. */
  agreed: number | null
  passed: boolean | null
  /** By anchor, those included that the course has no more. */
  marks: ReadonlyMap<string, Mark>
}

interface Row extends Record<string, unknown> {
  id: string
  mentor_id: string
  course: string
  why: Why
  finished_at: string | null
  agreed: number | null
  passed: boolean | null
  marks: Record<string, Mark>
}

/** Every round of a mentor in these courses, by course, the first first. */
export async function roundsOf(
  db: Queryable,
  { id }: { id: number },
  courses: readonly string[],
): Promise<Map<string, Round[]>> {
  return (await roundsOfEach(db, [id], courses)).get(id) ?? new Map<string, Round[]>()
}

/** The same of many mentors at once, by mentor; those are left out who have not begun. */
export async function roundsOfEach(
  db: Queryable,
  mentors: readonly number[],
  courses: readonly string[],
): Promise<Map<number, Map<string, Round[]>>> {
  if (courses.length === 0) return new Map()
  const rows = await db.execute<Row>(sql`
    select c.id, c.mentor_id, c.course, c.why, c.finished_at, c.agreed, c.passed, coalesce((
      select jsonb_object_agg(m.anchor, jsonb_build_object('levels', m.levels, 'outcome', m.outcome))
      from anchor_mark m where m.calibration_id = c.id), '{}') as marks
    from calibration c
    where c.mentor_id = any(${sql.param(mentors)}::bigint[]) and c.course = any(${sql.param(courses)}::text[])
    order by c.id`)
  const byMentor = Map.groupBy(rows, ({ mentor_id }) => Number(mentor_id))
  return new Map([...byMentor].map(([mentor, own]) => [mentor, byCourse(own)]))
}

const byCourse = (rows: readonly Row[]): Map<string, Round[]> =>
  new Map([...Map.groupBy(rows, ({ course }) => course)].map(([course, all]) => [course, all.map(roundFrom)]))

const roundFrom = ({ id, why, finished_at, agreed, passed, marks }: Row): Round => ({
  ...{ id: Number(id), why, agreed, passed },
  finishedAt: finished_at === null ? null : new Date(finished_at),
  marks: new Map(Object.entries(marks)),
})

/** The rubric by which an anchor is graded: that of its module. */
export const rubricOf = (content: Content, { module }: Pick<Anchor, 'module'>): Rubric =>
  found(content.rubric(found(content.module(module)?.reflection).rubric))

/** The anchors that a course has now and that a round has not marked. */
export const leftOf = ({ anchors }: Calibration, round: Pick<Round, 'marks'> | undefined): Anchor[] =>
  anchors.filter(({ id }) => !round?.marks.has(id))

/** The marks of a round beside the reference, for the anchors that there are now, in their order. */
export const comparedIn = (
  content: Content,
  { anchors, tolerance }: Calibration,
  { marks }: Pick<Round, 'marks'>,
): { anchor: Anchor; compared: Compared }[] =>
  anchors.flatMap(anchor => {
    const mark = marks.get(anchor.id)
    return mark ? [{ anchor, compared: compare(anchor, mark, rubricOf(content, anchor), tolerance) }] : []
  })
