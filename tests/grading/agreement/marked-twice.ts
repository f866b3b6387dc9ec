import { sql } from 'drizzle-orm'
import type { Db } from '../../../db/client.ts'
import { grade, marking, result, type rules } from '../../../db/schema/grading.ts'
import { addTrainee } from '../../support/cast.ts'
import { aModule } from '../reflections.ts'

export type Levels = Record<string, string>

const day = 24 * 60 * 60_000

/** What two mentors gave a try: `first` and `second` in the order in which each saved them. */
interface Twice {
  /** Somebody new, if it does not matter who: one hands in one reflection a discussion. */
  author?: { id: number }
  cohort: { id: number }
  mentors: [{ id: number }, { id: number }]
  first: Levels[]
  /** Nothing yet: the second marker is still to begin. */
  second: Levels[]
  module?: string
  rubric?: string
  daysAgo?: number
  /** Not while the answer is held. */
  released?: boolean
  rule?: (typeof rules)[number]
}

/** Puts a try into the database as two mentors marked it, without a word about how they came to it. */
export async function markTwice(db: Db, twice: Twice): Promise<number> {
  const author = twice.author ?? (await addTrainee(db))
  const { cohort, mentors, module = aModule, daysAgo = 5, released = true } = twice
  const at = new Date(Date.now() - daysAgo * day)
  const postId = await post(db, { author, cohort, module, at })
  const of = { postId, try: 1, cohortId: cohort.id, authorId: author.id, module, promisedBy: at }
  const gradeIds: number[] = []
  for (const [n, saved] of [twice.first, twice.second].entries()) {
    const done = saved.length > 0 ? { closedAt: at, doneById: mentors[n]!.id } : {}
    const purpose = n === 0 ? ('first' as const) : ('second' as const)
    const [row] = await db
      .insert(marking)
      .values({ ...of, purpose, openedAt: at, ...done })
      .returning()
    for (const levels of saved)
      gradeIds.push(
        await saveGrade(db, { ...twice, postId, markingId: row!.id, mentorId: mentors[n]!.id, levels, at }),
      )
  }
  if (twice.second.length > 0)
    await db.insert(result).values({
      ...{ ...of, outcome: 'pass', rubric: twice.rubric ?? 'reflection', levels: twice.first[0]! },
      ...{ rule: twice.rule ?? 'first', gradeIds, submittedAt: at, settledAt: at },
      releasedAt: released ? at : null,
    })
  return postId
}

/** A reflection that has been passed, with no marking of its own yet. */
async function post(
  db: Db,
  { author, cohort, module, at }: Required<Pick<Twice, 'author' | 'cohort' | 'module'>> & { at: Date },
): Promise<number> {
  const [row] = await db.execute<{ id: string }>(sql`
    with place as (
      insert into discussion (cohort_id, module) values (${cohort.id}, ${module})
      on conflict (cohort_id, module) do update set module = excluded.module returning id),
    reflection as (
      insert into post (discussion_id, author_id, kind, markdown, html, created_at)
      select place.id, ${author.id}, 'reflection', 'I listened.', '<p>I listened.</p>', ${at.toISOString()}::timestamptz
      from place returning id)
    insert into submission (post_id, cohort_id, author_id, module, rubric, state, submitted_at, promised_by)
    select id, ${cohort.id}, ${author.id}, ${module}, 'reflection', 'passed', ${at.toISOString()}::timestamptz,
      ${at.toISOString()}::timestamptz from reflection returning post_id as id`)
  return Number(row!.id)
}

async function saveGrade(
  db: Db,
  {
    postId,
    markingId,
    mentorId,
    levels,
    at,
    rubric = 'reflection',
  }: Pick<Twice, 'rubric'> & {
    postId: number
    markingId: number
    mentorId: number
    levels: Levels
    at: Date
  },
): Promise<number> {
  const words = { feedback: 'Good.', feedbackHtml: '<p>Good.</p>', outcome: 'pass' as const }
  const [row] = await db
    .insert(grade)
    .values({ markingId, postId, try: 1, revision: 1, mentorId, rubric, levels, at, ...words })
    .returning()
  return row!.id
}
