import { sql } from 'drizzle-orm'
import type { Queryable } from '../../../db/client.ts'
import type { Content } from '../../authoring/content.ts'
import { ownAttempt } from '../../quizzes/own-attempt.ts'
import { actionInWords } from '../../record/audit-log.ts'
import { fullLine, rowsWhere } from '../../record/rows.ts'
import { inOurWords, type Part, type Row } from './copied.ts'

/** What a table alone would tell too much of, or too little: as the site shows it to the person. */
export const readApart = async (db: Queryable, content: Content, personId: number): Promise<Part[]> => [
  await answers(db, personId),
  await quizzes(db, content, personId),
  await recordOf(db, personId),
  await doneTo(db, personId),
]

/** What was released of the marks of one's reflections, with the words of those who marked them. */
async function answers(db: Queryable, personId: number): Promise<Part> {
  const rows = await db.execute<{ row: Row }>(sql`
    select jsonb_build_object('post_id', r.post_id, 'module', r.module, 'try', r.try, 'outcome', r.outcome,
      'rubric', r.rubric, 'levels', r.levels, 'released_at', r.released_at, 'feedback', (
        select jsonb_agg(jsonb_build_object('mentor', '@' || p.handle, 'words', g.feedback, 'toChange', g.to_change)
          order by array_position(r.grade_ids, g.id))
        from grade g join person p on p.id = g.mentor_id where g.id = any(r.grade_ids))) as row
    from result r where r.author_id = ${personId} and r.released_at is not null order by r.id`)
  return {
    name: 'what-mentors-answered',
    title: 'What mentors answered',
    says: 'Results of your reflections, once they were released, with their feedback.',
    rows: rows.map(({ row }) => inOurWords(row)),
  }
}

async function quizzes(db: Queryable, content: Content, personId: number): Promise<Part> {
  const ids = await db.execute<{ id: string }>(
    sql`select id from attempt where person_id = ${personId} order by id`,
  )
  const rows: Row[] = []
  for (const { id } of ids) {
    const attempt = await ownAttempt(db, content, { id: personId }, Number(id))
    const { quiz, number, outOf, state } = attempt
    rows.push(
      state === 'open'
        ? { quiz, number, outOf, state, answers: attempt.answers }
        : {
            ...{ quiz, number, outOf, state, submittedAt: attempt.submittedAt.toISOString() },
            ...{ score: attempt.score, passed: attempt.passed, questions: attempt.review },
          },
    )
  }
  return {
    name: 'quizzes',
    title: 'Quizzes',
    says: 'Every try with your answers, as its review shows it to you.',
    rows,
  }
}

/** Who decided is left out: that is somebody else. */
async function recordOf(db: Queryable, personId: number): Promise<Part> {
  const rows = await rowsWhere(db, sql`e.person_id = ${personId}`, 10_000)
  return {
    name: 'the-certification-record',
    title: 'The certification record',
    says: 'Every decision on you: each entry, and what is personal in it with its salt, by which you can prove what it says.',
    rows: rows.map(row => {
      const { actor: _, ...disclosures } = row.disclosures ?? {}
      return row.format === 1
        ? { format: 1, seq: Number(row.seq), hash: row.hash, disclosures }
        : { ...fullLine({ ...row, disclosures }) }
    }),
  }
}

/** Marking is told when its result is: who reads what, and how often, would tell of second marks. */
const untold = [
  'reflection.claimed',
  'reflection.released',
  'reflection.graded',
  'reflection.regraded',
  'reflection.handed_out',
  'reflection.taken_back',
  'marking.given_up',
  'result.released',
]

async function doneTo(db: Queryable, personId: number): Promise<Part> {
  const rows = await db.execute<{ at: string; action: string }>(sql`
    select at, action from audit_entry
    where subject_id = ${personId} and actor_id is distinct from ${personId}
      and action <> all(${sql.param(untold)}::text[]) order by id`)
  return {
    name: 'the-log-what-was-done-to-you',
    title: 'The log: what was done to you',
    says: 'What others did that was about you or answered you. By whom, and what they noted, is for the admins.',
    rows: rows.map(({ at, action }) => ({
      at: new Date(at).toISOString(),
      action,
      inWords: `somebody ${actionInWords(action)} …`,
    })),
  }
}
