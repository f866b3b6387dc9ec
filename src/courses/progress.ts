import { sql } from 'drizzle-orm'
import { hot, type Queryable } from '../../db/client.ts'
import type { Reading } from './completion.ts'
import { firstDeeds } from './first-deeds.ts'

/** A person's place in a course: the cohort they take it with. */
export type Enrolment = {
  cohortId: number
  course: string
  name: string
  selfPaced: boolean
  /** ISO days, where the cohort has dates. */
  startsOn: string | null
  endsOn: string | null
  /** When they had done all that the course took; null before. */
  finishedAt: Date | null
}

/** Where a person's answer to a module's question stands. */
export type OwnReflection = {
  postId: number
  cohortId: number
  state: 'submitted' | 'returned' | 'passed'
  /** When it was handed in last. */
  handedIn: Date
  promisedBy: Date
}

/** By when a cohort means to have written in a module, as ISO days; null where it keeps to the module's own. */
export type OwnDays = { reflection: string | null; replies: string | null }

/** All that a person has done in courses, by module id. */
export type Progress = {
  /** Course id to the cohort in which they take it now. */
  enrolments: ReadonlyMap<string, Enrolment>
  /** What they have read to its end; whether that still counts is for `steps.ts` to say. */
  readings: ReadonlyMap<string, Reading>
  /** When they first did anything in a module; empty for whoever has finished no course. */
  begun: ReadonlyMap<string, Date>
  reflections: ReadonlyMap<string, OwnReflection>
  /** How many replies to others they have written, where there are any. */
  replies: ReadonlyMap<string, number>
  /** Of the modules whose question they have answered, those where somebody else's answer can be replied to. */
  answerable: ReadonlySet<string>
  /** Where the cohort they are in has set days of its own. */
  ownDays: ReadonlyMap<string, OwnDays>
  /** Quiz id to when they last passed it. */
  quizzesPassed: ReadonlyMap<string, Date>
  /** Quiz id to the attempt that has been begun and not submitted. */
  attemptsOpen: ReadonlyMap<string, number>
  /** Guide id to the version that they know. */
  guidesDone: ReadonlyMap<string, number>
}

export const noProgress: Progress = {
  enrolments: new Map(),
  readings: new Map(),
  begun: new Map(),
  reflections: new Map(),
  replies: new Map(),
  answerable: new Set(),
  ownDays: new Map(),
  quizzesPassed: new Map(),
  attemptsOpen: new Map(),
  guidesDone: new Map(),
}

interface Row {
  enrolments: (Omit<Enrolment, 'finishedAt'> & { finishedAt: string | null })[] | null
  readings: Record<string, number> | null
  begun: Record<string, string> | null
  reflections:
    | {
        module: string
        post: number
        cohort: number
        state: OwnReflection['state']
        handed_in: string
        promised: string
      }[]
    | null
  replies: Record<string, number> | null
  answerable: string[]
  days: Record<string, OwnDays> | null
  passed: Record<string, string> | null
  open: Record<string, number> | null
  guides: Record<string, number> | null
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
            'selfPaced', c.self_paced, 'startsOn', c.starts_on, 'endsOn', c.ends_on, 'finishedAt', e.finished_at))
          from enrolment e join cohort c on c.id = e.cohort_id
          where e.person_id = who.id and e.ended_at is null) as enrolments,
        (select jsonb_object_agg(r.module, r.version) from (
            select module, max(version) as version from reading where person_id = who.id group by module) r) as readings,
        ${firstDeeds(sql`who.id`)} as begun,
        (select jsonb_agg(jsonb_build_object('module', s.module, 'post', s.post_id, 'cohort', s.cohort_id,
            'state', s.state, 'handed_in', s.submitted_at, 'promised', s.promised_by) order by s.post_id)
          from submission s where s.author_id = who.id) as reflections,
        (select jsonb_object_agg(module, replies) from taking_part where person_id = who.id and replies > 0) as replies,
        array(select s.module from submission s
          join enrolment e on e.person_id = who.id and e.ended_at is null and e.course = split_part(s.module, '/', 1)
          join discussion d on d.cohort_id = e.cohort_id and d.module = s.module and d.closed_at is null
          where s.author_id = who.id and exists (select from post o where o.discussion_id = d.id
            and o.kind = 'reflection' and o.author_id <> who.id and o.audience = 'cohort' and o.removed is null)) as answerable,
        (select jsonb_object_agg(o.module, jsonb_build_object('reflection', o.reflection_on, 'replies', o.replies_on))
          from enrolment e join due_date o on o.cohort_id = e.cohort_id
          where e.person_id = who.id and e.ended_at is null) as days,
        (select jsonb_object_agg(a.quiz, a.last) from (select quiz, max(submitted_at) as last from attempt
          where person_id = who.id and passed and counts group by quiz) a) as passed,
        (select jsonb_object_agg(quiz, id) from attempt where person_id = who.id and submitted_at is null) as open,
        (select jsonb_object_agg(guide, version) from guide_completion where person_id = who.id) as guides
      from who`,
  )
  return row ? progressFrom(row) : noProgress
}

const progressFrom = (row: Row): Progress => ({
  enrolments: new Map(
    (row.enrolments ?? []).map(({ finishedAt, ...enrolment }) => [
      enrolment.course,
      { ...enrolment, finishedAt: finishedAt === null ? null : new Date(finishedAt) },
    ]),
  ),
  readings: new Map(Object.entries(row.readings ?? {}).map(([module, version]) => [module, { version }])),
  begun: new Map(Object.entries(row.begun ?? {}).map(([module, at]) => [module, new Date(at)])),
  reflections: bestReflections(row.reflections ?? []),
  replies: new Map(Object.entries(row.replies ?? {})),
  answerable: new Set(row.answerable),
  ownDays: new Map(Object.entries(row.days ?? {})),
  quizzesPassed: new Map(Object.entries(row.passed ?? {}).map(([quiz, at]) => [quiz, new Date(at)])),
  attemptsOpen: new Map(Object.entries(row.open ?? {})),
  guidesDone: new Map(Object.entries(row.guides ?? {})),
})

/** Whoever has moved to another cohort may have answered a question twice: what has been passed counts, else the latest. */
function bestReflections(rows: NonNullable<Row['reflections']>): Map<string, OwnReflection> {
  const best = new Map<string, OwnReflection>()
  for (const { module, post, cohort, state, handed_in: handedIn, promised } of rows) {
    if (best.get(module)?.state === 'passed') continue
    const [at, promisedBy] = [new Date(handedIn), new Date(promised)]
    best.set(module, { postId: post, cohortId: cohort, state, handedIn: at, promisedBy })
  }
  return best
}
