import { sql } from 'drizzle-orm'
import { hot, type Queryable } from '../../db/client.ts'

/** A person's place in a course: the cohort they take it with. */
export type Enrolment = {
  cohortId: number
  course: string
  name: string
  selfPaced: boolean
  /** ISO days, where the cohort has dates. */
  startsOn: string | null
  endsOn: string | null
}

/** Where a person's answer to a module's question stands. */
export type OwnReflection = {
  postId: number
  cohortId: number
  state: 'submitted' | 'returned' | 'passed'
  promisedBy: Date
}

/** All that a person has done in courses, by module id. */
export type Progress = {
  /** Course id to the cohort in which they take it now. */
  enrolments: ReadonlyMap<string, Enrolment>
  read: ReadonlySet<string>
  reflections: ReadonlyMap<string, OwnReflection>
  quizzesPassed: ReadonlySet<string>
  /** Quiz id to the attempt that has been begun and not submitted. */
  attemptsOpen: ReadonlyMap<string, number>
  guidesDone: ReadonlySet<string>
}

export const noProgress: Progress = {
  enrolments: new Map(),
  read: new Set(),
  reflections: new Map(),
  quizzesPassed: new Set(),
  attemptsOpen: new Map(),
  guidesDone: new Set(),
}

interface Row {
  enrolments: Enrolment[] | null
  read: string[]
  reflections:
    { module: string; post: number; cohort: number; state: OwnReflection['state']; promised: string }[] | null
  passed: string[]
  open: Record<string, number> | null
  guides: string[]
}

/** A person's own progress, in one query by indexes; nobody signed in has none. */
export async function progressOf(db: Queryable, person: { id: number } | null): Promise<Progress> {
  if (!person) return noProgress
  const [row] = await hot<Row>(
    db,
    sql`
      with who as (select ${person.id}::bigint as id)
      select
        (select jsonb_agg(jsonb_build_object('cohortId', c.id, 'course', c.course, 'name', c.name,
            'selfPaced', c.self_paced, 'startsOn', c.starts_on, 'endsOn', c.ends_on))
          from enrolment e join cohort c on c.id = e.cohort_id
          where e.person_id = who.id and e.ended_at is null) as enrolments,
        array(select module from reading where person_id = who.id) as read,
        (select jsonb_agg(jsonb_build_object('module', s.module, 'post', s.post_id, 'cohort', s.cohort_id,
            'state', s.state, 'promised', s.promised_by) order by s.post_id)
          from submission s where s.author_id = who.id) as reflections,
        array(select quiz from attempt where person_id = who.id and passed) as passed,
        (select jsonb_object_agg(quiz, id) from attempt where person_id = who.id and submitted_at is null) as open,
        array(select guide from guide_completion where person_id = who.id) as guides
      from who`,
  )
  return row ? progressFrom(row) : noProgress
}

const progressFrom = (row: Row): Progress => ({
  enrolments: new Map((row.enrolments ?? []).map(enrolment => [enrolment.course, enrolment])),
  read: new Set(row.read),
  reflections: bestReflections(row.reflections ?? []),
  quizzesPassed: new Set(row.passed),
  attemptsOpen: new Map(Object.entries(row.open ?? {})),
  guidesDone: new Set(row.guides),
})

/** Whoever has moved to another cohort may have answered a question twice: what has been passed counts, else the latest. */
function bestReflections(rows: NonNullable<Row['reflections']>): Map<string, OwnReflection> {
  const best = new Map<string, OwnReflection>()
  for (const { module, post, cohort, state, promised } of rows) {
    if (best.get(module)?.state === 'passed') continue
    best.set(module, { postId: post, cohortId: cohort, state, promisedBy: new Date(promised) })
  }
  return best
}
